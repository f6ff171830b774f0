"""What people type: one wording or more for each intent of the phrase list, native and in Latin."""

ROWS = {
    "danger": {
        "ka": ["საფრთხეში ვარ!", "saprtxeshi var", "safrTxeSi var"],
        "ru": ["я в опасности", "ya v opasnosti", "СОС"],
        "en": ["I'm in danger", "sos"],
    },
    "killed": {
        "ka": ["მომკლავენ", "momklaven"],
        "ru": ["меня убьют", "menya ubyut"],
        "en": ["they will kill me"],
    },
    "beaten": {
        "ka": ["მცემენ", "mcemen", "მირტყამენ", "mirtyamen"],
        "ru": ["меня бьют", "menya byut", "избивают"],
        "en": ["they beat me", "he hits me"],
    },
    "raped": {
        "ka": ["გამაუპატიურეს", "gamaupatiures"],
        "ru": ["меня изнасиловали", "iznasilovali"],
        "en": ["he raped me"],
    },
    "locked_in": {
        "ka": ["ჩამკეტეს", "Camketes", "ჩაკეტილი ვარ"],
        "ru": ["меня заперли", "menya zaperli"],
        "en": ["they locked me in"],
    },
    "sex_forced": {
        "ka": ["პროსტიტუციას მაიძულებენ", "prostitucias maidzuleben"],
        "ru": ["заставляют спать с клиентами", "zastavlyayut spat s klientami"],
        "en": ["I was forced into sex", "they force me to have sex"],
    },
    "self_harm": {
        "ka": ["სიცოცხლე აღარ მინდა", "sicocxle agar minda", "თავს მოვიკლავ"],
        "ru": ["не хочу жить", "ne hochu jit", "покончу с собой"],
        "en": ["I want to die", "I will kill myself", "I don't want to live"],
    },
    "hurt": {
        "ka": ["ექიმი მჭირდება", "eqimi mchirdeba", "სისხლი მდის"],
        "ru": ["нужен врач", "nuzhen vrach", "идёт кровь"],
        "en": ["I need a doctor", "I am bleeding"],
    },
    "cannot_leave": {
        "ka": ["არ მიშვებენ", "ar mishveben", "ვერ გამოვდივარ"],
        "ru": ["не отпускают", "ne vypuskayut"],
        "en": ["they won't let me leave"],
    },
    "passport_taken": {
        "ka": ["პასპორტი წამართვეს", "pasporti wamartves", "pasporti tsamartves"],
        "ru": ["отобрали паспорт", "zabrali pasport", "паспорт у меня забрали"],
        "en": ["they took my passport"],
    },
    "passport_kept": {
        "ka": ["პასპორტს არ მაძლევენ", "pasports ar madzleven", "არ მიბრუნებენ პასპორტს"],
        "ru": ["не отдают паспорт", "ne otdayut pasport"],
        "en": ["he keeps my passport", "they won't return my passport"],
    },
    "not_paid": {
        "ka": ["ხელფასს არ მიხდიან", "xelfass ar mixdian", "ფულს არ მაძლევენ"],
        "ru": ["не платят", "ne platyat", "зарплату не дают"],
        "en": ["they don't pay me", "I was not paid"],
    },
    "debt": {
        "ka": ["ვალს მახდევინებენ", "vals maxdevineben"],
        "ru": ["надо отрабатывать долг", "otrabatyvat dolg"],
        "en": ["I have to work off a debt", "I owe them"],
    },
    "forced_work": {
        "ka": ["ძალით მამუშავებენ", "dzalit mamushaveben", "ZaliT mamuSaveben"],
        "ru": ["заставляют работать", "zastavlyayut rabotat"],
        "en": ["they force me to work"],
    },
    "forced_crime": {
        "ka": ["ხალხის მოტყუებას მაძალებენ", "motyuebas madzaleben"],
        "ru": ["заставляют обманывать людей", "zastavlyayut obmanyvat"],
        "en": ["they make me scam people"],
    },
    "sold": {
        "ka": ["გამყიდეს", "gamyides"],
        "ru": ["меня продали", "menya prodali"],
        "en": ["they sold me"],
    },
    "threats": {
        "ka": ["დეპორტაციით მემუქრებიან", "memuqrebian"],
        "ru": ["мне угрожают", "ugrozhayut", "ugrojaut", "шантажируют"],
        "en": ["they threaten me", "blackmail"],
    },
    "child_taken": {
        "ka": ["ბავშვი წამართვეს", "bavshvi wamartves"],
        "ru": ["забрали ребёнка", "zabrali rebenka"],
        "en": ["they took my child"],
    },
    "ran_away": {
        "ka": ["გამოვიქეცი", "gamoviqeci", "გაქცევა მინდა"],
        "ru": ["хочу сбежать", "hochu sbejat", "убежать"],
        "en": ["I ran away", "I want to escape"],
    },
    "cannot_speak": {
        "ka": ["ვერ ვლაპარაკობ", "ver vlaparakob", "ტელეფონს მიმოწმებენ"],
        "ru": ["не могу говорить", "ne mogu govorit", "проверяют телефон"],
        "en": ["I can't talk", "they check my phone"],
    },
    "lost": {
        "ka": ["არ ვიცი, სად ვარ", "ar vici sad var"],
        "ru": ["не знаю, где я", "ne znayu gde ya"],
        "en": ["I don't know where I am"],
    },
    "afraid": {
        "ka": ["მეშინია", "meshinia"],
        "ru": ["мне страшно", "boyus"],
        "en": ["I'm scared"],
    },
    "cry_for_help": {
        "ka": ["მიშველეთ!!!", "mishvelet", "miSveleT"],
        "ru": ["помогите", "памагите", "pomogiteee", "спасите"],
        "en": ["help me", "save me"],
    },
    "deceived": {
        "ka": ["მომატყუეს", "momatyues", "momatkues"],
        "ru": ["меня обманули", "menya obmanuli", "кинули на деньги"],
        "en": ["they tricked me"],
    },
    "relative": {
        "ka": ["ჩემი და დაიკარგა", "daikarga", "ვერ ვუკავშირდები"],
        "ru": ["сестра пропала", "propala sestra", "не выходит на связь"],
        "en": ["my sister is missing"],
    },
    "no_food_or_bed": {
        "ka": ["საჭმელი არ მაქვს", "quchashi var"],
        "ru": ["нечего есть", "negde nochevat"],
        "en": ["I have no food", "nowhere to sleep"],
    },
    "under_age": {
        "ka": ["16 წლის ვარ", "16 wlis var"],
        "ru": ["мне 16 лет", "mne 16"],
        "en": ["I am 16", "I'm 17"],
    },
    "passport_lost": {
        "ka": ["პასპორტი დავკარგე", "pasporti davkarge"],
        "ru": ["украли паспорт", "poteryal pasport"],
        "en": ["I lost my passport", "stolen passport"],
    },
    "embassy": {
        "ka": ["საელჩო", "saelcho", "კონსული", "კონსულთან"],
        "ru": ["посольство", "posolstvo", "консул"],
        "en": ["where is the embassy", "consul"],
    },
    "police_fear": {
        "ka": ["პოლიციის მეშინია", "policiis meshinia"],
        "ru": ["боюсь полиции", "boyus policii"],
        "en": ["I am afraid of police"],
    },
    "own_fault": {
        "ka": ["ჩემი ბრალია", "chemi bralia"],
        "ru": ["сама виновата", "moya vina"],
        "en": ["it's my fault"],
    },
    "slavery_word": {
        "ka": ["მონასავით", "monasavit", "ტრეფიკინგი"],
        "ru": ["рабство", "rabstvo"],
        "en": ["what is trafficking"],
    },
    "asked_for_money": {
        "ka": ["ფულს მთხოვენ", "puls mtxoven"],
        "ru": ["просят деньги", "prosyat dengi", "предоплата"],
        "en": ["they ask me to pay"],
    },
    "scam": {
        "ka": ["თაღლითია?", "taghlitia", "მატყუებენ"],
        "ru": ["это мошенники?", "moshenniki", "обман"],
        "en": ["is it a scam"],
    },
    "check_offer": {
        "ka": ["სამუშაო შემომთავაზეს", "samushao shemomtavazes", "sandoa?"],
        "ru": ["предложили работу", "predlozhili rabotu", "это правда?"],
        "en": ["I have a job offer", "is it real?"],
    },
    "go_home": {
        "ka": ["სახლში მინდა", "saxlshi minda"],
        "ru": ["хочу домой", "ho4u domoi"],
        "en": ["I want to go home"],
    },
    "who_reads": {
        "ka": ["ანონიმურია?", "anonimuria", "ვინ კითხულობს?"],
        "ru": ["это анонимно?", "kto chitaet"],
        "en": ["is it anonymous?"],
    },
    "bot": {
        "ka": ["ბოტი ხარ?", "boti xar"],
        "ru": ["ты бот?", "ty bot"],
        "en": ["are you a bot?"],
    },
    "vanish": {
        "ka": ["წაშალე", "washale", "tsashale"],
        "ru": ["удали", "udali", "сотри"],
        "en": ["delete", "hide"],
    },
    "stop": {
        "ka": ["გაჩერდი", "gacherdi", "სტოპ"],
        "ru": ["хватит", "стоп", "hvatit"],
        "en": ["stop", "quit"],
    },
    "consultant": {
        "ka": ["კონსულტანტი", "konsultanti", "ადამიანთან საუბარი მინდა"],
        "ru": ["консультант", "konsultant", "живой человек"],
        "en": ["consultant", "a real person please"],
    },
    "need_help": {
        "ka": ["დახმარება მჭირდება", "daxmareba", "dakhmareba", "დამეხმარეთ"],
        "ru": ["нужна помощь", "nujna pomosh"],
        "en": ["I need help", "help"],
    },
    "travel": {
        "ka": ["უვიზო რეჟიმი", "90 dge", "შენგენი"],
        "ru": ["безвиз", "bezviz", "правило 90 дней"],
        "en": ["visa-free travel", "Schengen border"],
    },
    "menu": {
        "ka": ["მენიუ", "tavidan"],
        "ru": ["меню", "zanovo"],
        "en": ["menu", "start over"],
    },
    "language": {
        "ka": ["რუსულად", "rusulad"],
        "ru": ["по-русски", "po russki"],
        "en": ["English"],
    },
    "thanks": {
        "ka": ["მადლობა", "madloba", "გამარჯობა", "gamardjoba"],
        "ru": ["спасибо", "zdravstvuyte", "привет"],
        "en": ["thanks", "hello"],
    },
}
