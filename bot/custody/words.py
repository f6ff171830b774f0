"""What is said at the first start and printed on the recovery sheet, in the three languages of an office in Georgia.

Names of files, verbs and settings stay as they are typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.statistics.periods import Length

LANGUAGE = "ენა · Язык · Language"


@dataclass(frozen=True, slots=True)
class InitWords:
    """What `gza init` asks and says."""

    make: str
    made: str
    sheet: str
    printed: str
    set: str
    same: str
    replace: str
    replaced: str
    kept: str
    none: str
    nothing: str
    next: str
    period: str
    lengths: Mapping[Length, str]


@dataclass(frozen=True, slots=True)
class SheetWords:
    """What stands on the recovery sheet."""

    title: str
    made: str
    what: str
    danger: str
    back: str
    steps: tuple[str, ...]
    keep: str
    where: str
    delete: str


INIT = {
    "ka": InitWords(
        make="აქ გასაღებები ჯერ არ არის: {place}\nშევქმნათ?",
        made="გასაღებები შეიქმნა აქ: {place}\nეს საქაღალდე არცერთ სარეზერვო ასლში არ უნდა მოხვდეს.",
        sheet="შევქმნათ დასაბეჭდი აღდგენის ფურცელი?",
        printed=(
            "აღდგენის ფურცელი მზადაა: {file}\nდაბეჭდეთ, შეინახეთ სეიფში და ფაილი წაშალეთ. თუ სერვერი დაიკარგა, "
            "თანამშრომლების სიას, პარამეტრებსა და სტატისტიკას მხოლოდ ამ ფურცლით დაიბრუნებთ."
        ),
        set=(
            "არქივის გასაღები ჩაიწერა. საკონტროლო კოდი: {fingerprint}\nშეადარეთ გასაღების მცველების ფურცელს. "
            "საუბარი, რომელიც ამის შემდეგ დაიწყება, დახურვისას ამ გასაღებით დაილუქება."
        ),
        same="არქივის ეს გასაღები უკვე ჩაწერილია. საკონტროლო კოდი: {fingerprint}",
        replace="უკვე ჩაწერილია არქივის სხვა გასაღები ({old}). შევცვალოთ ახლით ({new})?",
        replaced=(
            "ადრე დალუქული საუბრები ძველი გასაღებით იხსნება: ძველი გასაღების მცველებმა ფაილები შეინახონ, "
            "სანამ ეს საუბრები არ წაიშლება."
        ),
        kept="არქივის გასაღები არ შეცვლილა.",
        none=(
            "არქივის გასაღები ჯერ არ არის: დახურული საუბარი იშლება და მას ვეღარავინ წაიკითხავს.\n"
            "თუ გინდათ, რომ დახურული საუბარი გასაღების მცველებმა წაიკითხონ, სხვა კომპიუტერზე გაუშვით: "
            "gza custodians DIR\nმერე აქ: gza init --archive archive.txt"
        ),
        nothing="არაფერი შექმნილა.",
        next=(
            "შემდეგი ნაბიჯი: ჩაწერეთ BOT_TOKEN ფაილში .env და გაუშვით: gza run\n"
            "მერე მოიწვიეთ მენეჯერი: gza invite manager"
        ),
        period=(
            "სტატისტიკა {length} ერთხელ ქვეყნდება. როცა პირველი კონსულტაცია ჩაითვლება, ეს აღარ შეიცვლება; "
            "მანამდე: gza init --period month|quarter|half|year"
        ),
        lengths={
            Length.MONTH: "თვეში",
            Length.QUARTER: "კვარტალში",
            Length.HALF: "ნახევარ წელიწადში",
            Length.YEAR: "წელიწადში",
        },
    ),
    "ru": InitWords(
        make="Здесь ещё нет ключей: {place}\nСоздать?",
        made="Ключи созданы здесь: {place}\nЭта папка не должна попасть ни в одну резервную копию.",
        sheet="Создать лист восстановления для печати?",
        printed=(
            "Лист восстановления готов: {file}\nНапечатайте его, уберите в сейф, потом удалите файл. Если сервер "
            "пропадёт, список сотрудников, настройки и статистику вернёт только этот лист."
        ),
        set=(
            "Ключ архива записан. Контрольный код: {fingerprint}\nСверьте его с листом хранителей. Разговор, "
            "который начнётся после этого, при закрытии будет запечатан этим ключом."
        ),
        same="Этот ключ архива уже записан. Контрольный код: {fingerprint}",
        replace="Уже записан другой ключ архива ({old}). Заменить его новым ({new})?",
        replaced=(
            "Разговоры, запечатанные раньше, открываются прежним ключом: пусть его хранители берегут свои файлы, "
            "пока эти разговоры не удалены."
        ),
        kept="Ключ архива не изменён.",
        none=(
            "Ключа архива ещё нет: закрытый разговор уничтожается, и прочесть его больше не сможет никто.\n"
            "Чтобы закрытый разговор могли прочесть хранители, выполните на другом компьютере: gza custodians DIR\n"
            "Потом здесь: gza init --archive archive.txt"
        ),
        nothing="Ничего не создано.",
        next=(
            "Дальше: запишите BOT_TOKEN в файл .env и запустите: gza run\n"
            "Потом пригласите руководителя: gza invite manager"
        ),
        period=(
            "Статистика выходит раз в {length}. Когда будет посчитана первая консультация, это уже не изменить; "
            "до того: gza init --period month|quarter|half|year"
        ),
        lengths={
            Length.MONTH: "месяц",
            Length.QUARTER: "квартал",
            Length.HALF: "полгода",
            Length.YEAR: "год",
        },
    ),
    "en": InitWords(
        make="There are no keys yet in {place}\nMake them?",
        made="Made the keyring in {place}\nThis directory must not get into any backup.",
        sheet="Make the recovery sheet to print?",
        printed=(
            "The recovery sheet is ready: {file}\nPrint it, put it into a safe, then delete the file. If the server "
            "is lost, only this sheet brings back staff, settings and statistics."
        ),
        set=(
            "The archive key is set. Fingerprint: {fingerprint}\nCompare it with the custodians' paper. A talk that "
            "begins after this is sealed to it when it closes."
        ),
        same="This archive key is set already. Fingerprint: {fingerprint}",
        replace="Another archive key is set ({old}). Replace it by the new one ({new})?",
        replaced=(
            "Cases sealed earlier open with the earlier key: its custodians must keep their files until those cases "
            "are deleted."
        ),
        kept="The archive key was not changed.",
        none=(
            "There is no archive key yet: a closed case is destroyed, and nobody can read it again.\n"
            "For custodians to be able to, run on another machine: gza custodians DIR\n"
            "Then here: gza init --archive archive.txt"
        ),
        nothing="Nothing was made.",
        next="Next: put BOT_TOKEN into .env and run: gza run\nThen invite a manager: gza invite manager",
        period=(
            "Statistics are released once a {length}. When the first consultation has been counted, this stays so; "
            "until then: gza init --period month|quarter|half|year"
        ),
        lengths={
            Length.MONTH: "month",
            Length.QUARTER: "quarter",
            Length.HALF: "half-year",
            Length.YEAR: "year",
        },
    ),
}

SHEET = {
    "ka": SheetWords(
        title="გზა: აღდგენის ფურცელი",
        made="შექმნის თარიღი",
        what=(
            "ეს თქვენი სერვერის მთავარი გასაღებია (house key). თუ სერვერი დაიკარგა ან გაფუჭდა, ამ გასაღებითა და "
            "სარეზერვო ასლით დაიბრუნებთ თანამშრომლების სიას, პარამეტრებსა და სტატისტიკას. იმ დროს ღია საუბრები არ "
            "აღდგება: მათი გასაღებები ყოველდღე იცვლება და ქაღალდზე არ ინახება."
        ),
        danger=(
            "ვისაც ეს ფურცელი და სერვერის დისკი აქვს, თანამშრომლების სიასა და პარამეტრებს წაიკითხავს. "
            "შეინახეთ ისე, როგორც ფულს შეინახავდით."
        ),
        back="როგორ დავაბრუნოთ გასაღები",
        steps=(
            "დაასკანერეთ კოდი ან მის ქვეშ დაწერილი სტრიქონი ზუსტად გადაწერეთ. ამ დროს ინტერნეტი გამორთული იყოს.",
            "სერვერზე ეს ერთი სტრიქონი ფაილში house.key შეინახეთ, აქ: {place}",
            "გაუშვით ბრძანება: chmod 600 house.key",
            "აღადგინეთ ბოლო სარეზერვო ასლი: gza restore FILE",
        ),
        keep="სად შევინახოთ",
        where=(
            "დალუქულ კონვერტში, სეიფში, ოფისისგან მოშორებით. ნუ შეინახავთ სარეზერვო ასლთან ერთად, ნუ გადაუღებთ ფოტოს "
            "და ნუ გააგზავნით ელფოსტით."
        ),
        delete="დაბეჭდეთ, მერე ეს ფაილი წაშალეთ",
    ),
    "ru": SheetWords(
        title="Gza: лист восстановления",
        made="Создан",
        what=(
            "Это главный ключ вашего сервера (house key). Если сервер пропал или сломался, с этим ключом и резервной "
            "копией вы вернёте список сотрудников, настройки и статистику. Разговоры, открытые в тот момент, не "
            "вернуть: их ключи меняются каждый день и на бумаге не хранятся."
        ),
        danger=(
            "У кого есть этот лист и диск сервера, тот прочтёт список сотрудников и настройки. Храните его как деньги."
        ),
        back="Как вернуть ключ",
        steps=(
            "Отсканируйте код или перепишите строку под ним знак в знак. Устройство при этом без интернета.",
            "На сервере сохраните эту одну строку в файл house.key здесь: {place}",
            "Выполните: chmod 600 house.key",
            "Восстановите последнюю резервную копию: gza restore FILE",
        ),
        keep="Где хранить",
        where=(
            "В запечатанном конверте, в сейфе, не в офисе. Не вместе с резервной копией, не на фотографии и не в почте."
        ),
        delete="Напечатайте, потом удалите этот файл",
    ),
    "en": SheetWords(
        title="Gza: recovery sheet",
        made="Made on",
        what=(
            "This is the house key of your server. If the server is lost or broken, this key and a backup bring back "
            "staff, settings and statistics. Conversations that were open then do not come back: their keys change "
            "every day and are on no paper."
        ),
        danger=(
            "Whoever has this sheet and the server's disk reads who works at the desk and your settings. "
            "Keep it like cash."
        ),
        back="How to bring the key back",
        steps=(
            "Scan the code, or copy the line under it sign by sign. The device must not be online meanwhile.",
            "On the server save this one line as house.key in {place}",
            "Run: chmod 600 house.key",
            "Restore the latest backup: gza restore FILE",
        ),
        keep="Where to keep it",
        where=(
            "In a sealed envelope, in a safe, outside the office. Not with a backup, not as a photo, not in a mailbox."
        ),
        delete="Print, then delete this file",
    ),
}
LANGUAGES = tuple(INIT)
