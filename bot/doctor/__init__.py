"""`gza doctor`: looks at everything an operator can set right, and says in one line each what is so and what to do."""
