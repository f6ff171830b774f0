"""Keys in people's hands: custodians who open the archive two at a time, the recovery sheet, the first start."""
