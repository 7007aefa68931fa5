"""What the shell says to operators. Chats are spoken to from the catalogue; these lines are for a terminal, in English."""

from collections.abc import Mapping
from typing import Final

ADVICE: Final[Mapping[str, str]] = {
    "telegram.token": "Write the token @BotFather gave: digits, a colon, then at least 30 letters, digits, _ or -.",
    "telegram.token_file": "Write the path of a file that holds the token and nothing else, readable by this user.",
    "telegram.api_url": "Write the address of the Bot API without a path to a method, such as https://api.telegram.org.",
    "telegram.mode": 'Write "polling" (the desk asks Telegram) or "webhook" (Telegram calls the desk).',
    "webhook.url": "Write the https:// address Telegram shall call, or leave it empty.",
    "webhook.listen": "Write an address and a port, such as 127.0.0.1:8443.",
    "webhook.secret": "Write 1 to 256 letters, digits, _ or -, or leave it empty.",
    "database.url": "Write sqlite:/// and the path of a file, such as sqlite:///wayhome.db.",
    "team.name": "Write the name the desk shows for the team, 1 to 80 characters.",
    "team.owners": "Write Telegram user ids in a list, such as [1001, 1002]; in the environment 1001,1002.",
    "team.country": "Write a country as two letters of ISO 3166, such as KZ.",
    "team.timezone": "Write a time zone of the IANA list, such as Asia/Almaty.",
    "team.language": "Write a language the desk speaks: {languages}.",
    "digest.default": 'Write "daily 08:00", "weekdays 08:00", "weekly mon 08:00" or "monthly 1 08:00", or "" for none.',
    "privacy.mask_groups": "Write true or false.",
    "privacy.threshold": "Write a whole number from 2 to 100.",
    "retention.drafts": "Write a whole number of days, at least 1.",
    "retention.deliveries": "Write a whole number of days, at least 1.",
    "retention.withdrawn": "Write a whole number of days, at least 1: until then a withdrawn entry can be restored.",
    "retention.notes": "Write a whole number of days, at least 2: until then a change can be undone whole.",
    "retention.updates": "Write a whole number of days, at least 2: Telegram repeats an update for one.",
    "retention.answers": "Write a whole number of days, at least 2: until then a reply to a card corrects its entry.",
    "retention.alarms": "Write a whole number of days, at least 31: until then the same alarm is not repeated.",
    "backup.folder": 'Write the path of a folder that is there, or "" for no copies.',
    "backup.key_file": 'Write the path of a file that `wayhome db key` made, or "" for copies in plain text.',
    "backup.keep": "Write a whole number from 1 to 1000.",
    "backup.hour": "Write an hour from 0 to 23.",
    "limits.per_second": "Write a whole number from 1 to 1000, 30 unless Telegram allows more; 0 for no limit.",
    "limits.per_chat_per_second": "Write a whole number from 1 to 100, 1 for Telegram; 0 for no limit.",
    "limits.per_group_per_minute": "Write a whole number from 1 to 1000, 20 for Telegram; 0 for no limit.",
    "limits.paid_broadcast": "Write true or false; true costs Telegram Stars for every digest above 30 a second.",
    "limits.stranger_per_minute": "Write a whole number, 20 unless strangers should be heard more; 0 for no limit.",
    "limits.strangers_per_chat_per_minute": "Write a whole number, 60 unless strangers should be heard more; 0 for no limit.",
    "limits.member_per_minute": "Write a whole number well above what a busy member sends, such as 120; 0 for no limit.",
}
"""One line of advice for each key of the config."""

CONFIG_MISSING: Final = (
    "{path} is not there. Copy config.example.toml to it and fill in the token, or name another file with --config."
)
CONFIG_UNREADABLE: Final = "{path} can't be read: {why}."
CONFIG_BROKEN: Final = "{path} is not TOML: {why}."
CONFIG_SECTION_UNKNOWN: Final = "{where} is not a section of the config."
CONFIG_KEY_UNKNOWN: Final = "{where} is not a setting."
CONFIG_SECTION_SHAPE: Final = "{where} must be a section: a line [{name}], and its settings below."
CONFIG_GUESS: Final = " Did you mean {guess}?"
CONFIG_VALUE: Final = "{where} = {value} won't do. {advice}"
CONFIG_VALUE_HIDDEN: Final = "{where} won't do. {advice}"
CREDENTIAL_MISSING: Final = (
    "There is no token: set [telegram] token or token_file, or WAYHOME_TELEGRAM__TOKEN. {advice}"
)
CREDENTIAL_TWICE: Final = "[telegram] token and token_file are both set: leave one of them out."
CONFIG_NO_WEBHOOK: Final = '[telegram] mode = "webhook" is not served by this version yet: set it to "polling".'
CREDENTIAL_FILE: Final = '[telegram] token_file = "{path}" won\'t do: {why}. {advice}'
CREDENTIAL_ABSENT: Final = "it holds no token"

LOG_REFUSED: Final = "Telegram knows no bot of this token. Ask @BotFather for the right one; the desk stops."
LOG_CONFLICT: Final = (
    "another program asks Telegram for this bot's updates; only one can. Trying again every half minute (%s)"
)
LOG_TOO_FAST: Final = "Telegram asks for a pause (%s)"
LOG_AWAY: Final = "Telegram can't be reached; messages wait there until it can (%s)"
LOG_NO_STORE: Final = "the database can't be written; messages wait at Telegram until it can (%s)"
LOG_WELL: Final = "taking messages in again, after %s"

LOG_LETTERS_WAIT: Final = "digests wait: none can be sent for the moment (%s)"
LOG_LETTERS_GO: Final = "digests are sent again"
LOG_UNREADABLE: Final = "letter %d could not be read by Telegram and went as plain text, reference %s: %s"

LOG_NO_CHART: Final = "the chart of letter %d could not be drawn or sent, and is left out: %s"

LOG_WEBHOOK_SET: Final = "a webhook was set for this bot; it is taken off, since this desk asks for updates itself"

CHECK_CONFIG: Final = "config: read, nothing wrong"
CHECK_BOT: Final = "Telegram: this is @{name}"
CHECK_PRIVACY_ON: Final = (
    "Telegram: privacy mode is on; in groups the bot sees commands and replies to it, which is all the desk needs"
)
CHECK_PRIVACY_OFF: Final = (
    "Telegram: privacy mode is off; the bot is sent all that is said in its groups, which the desk doesn't need"
    " (@BotFather, /setprivacy, Enable)"
)
CHECK_WEBHOOK: Final = "Telegram: a webhook is set; `wayhome run` takes it off"
CHECK_NO_GROUPS: Final = "Telegram: the bot can't be added to groups. @BotFather, /setjoingroups, Enable"
CHECK_UNREACHABLE: Final = "Telegram can't be asked at {url}: {why}"
CHECK_DATABASE: Final = "database: opened"
CHECK_NO_DATABASE: Final = "the database can't be opened: {why}"
CHECK_NO_OWNERS: Final = "[team] owners is empty, so nobody may use the desk. {advice}"
UPGRADED: Final = "the database has this version's shape"
VERIFIED: Final = "the journal is whole: {lines} lines, its head is {head}"
ENTRY_DIFFERS: Final = "{ref} is not what the journal says: {columns}"
NOT_VERIFIED: Final = "the journal was changed behind the desk's back: line {line} is {why}"
EMPTIED: Final = "{ref}: emptied; only the reference, who and when are left"
BLANKED: Final = "{ref}: notes, sources, reasons, carrier and aircraft taken out"
PURGED: Final = "what is over by [retention] is forgotten"
PURGED_WITHDRAWN: Final = "withdrawn entries emptied: {count}"
NO_ENTRY: Final = "there is no {ref}; nothing was emptied"
NOT_WITHDRAWN: Final = (
    "{ref} is not withdrawn, so it is not emptied, nor is any other: withdraw it first (/withdraw {ref})"
)
LOG_HELD: Final = (
    "SQLite's log could not be emptied, since somebody reads the database; it holds what was there before until the desk's"
    " next hourly round, or `wayhome purge` again"
)
EXPORTED: Final = "{file}: {rows} entries, {size} bytes; exact figures, for the team only"
EXPORTED_MASKED: Final = "{file}: {rows} entries, {size} bytes; as outsiders may see them"
EXPORT_THERE: Final = "{file} is there already; it is not written over"
EXPORT_TOO_MANY: Final = (
    "a file takes {most} entries, and there are more: ask for a shorter time, such as a year or a month"
)
EXPORT_NOTHING: Final = "there is nothing to write: no such entries"
IMPORT_KIND: Final = "of what are the rows? Name a kind: wayhome import FILE flights, or sessions"
IMPORT_FORM: Final = "the file that tells of every row ends in .csv or .xlsx"
IMPORT_MOVED: Final = "somebody changed these entries just now, so nothing was stored: please run it again"
IMPORT_YES: Final = "nothing is stored yet: --yes stores it"
EXPORT_NOT_TEXT: Final = "a spreadsheet doesn't go to standard output: name a file with --out, or another --form"
BACKED_UP: Final = "{file}: a copy of the database, {size} bytes"
BACKED_UP_SEALED: Final = "{file}: an encrypted copy of the database, {size} bytes"
KEY_MADE: Final = "{file}: a new key; its public half is {public}"
KEY_KEEP: Final = (
    "Keep another copy of this file away from this machine: without it nobody can ever open what is encrypted with it."
)
CHECK_BACKUP: Final = "backup: its folder is there"
CHECK_BACKUP_SEALED: Final = "backup: its folder is there, copies are encrypted"
CHECK_NO_FOLDER: Final = "[backup] folder {folder} is not there"
RESTORED: Final = "{file} is the database now"
RESTORE_KEPT: Final = "what was there before is kept as {file}; delete it when it is not needed any more"
RESTORE_USED: Final = "{file} is in use: with --force it is kept beside the restored one under another name"
RESTORE_BROKEN: Final = "{file} is not restored, nothing was changed:"
HEALTHY: Final = "the database is whole, version {version}"
DAMAGED: Final = "damaged: {what}"
OTHER_VERSION: Final = (
    "the database has version {version}, this program knows {known}; `wayhome db upgrade` upgrades an older one"
)
SEALED: Final = "line {seq} is sealed with {head}, as the digest says"
HEAD_AND_SEQ: Final = "--head takes the 12 digits at the end of a digest, and needs --seq, the number before them"
CUT_OFF: Final = (
    "the journal ends with line {line}, but a digest was sealed with line {seq}: the last lines were removed"
)
REWRITTEN: Final = "the journal was written anew up to line {seq}: it is sealed with {head} now"
NO_SUCH_ENTRY: Final = "there is no {ref}"
FORGOTTEN: Final = "forgotten no. {number}"
NOBODY: Final = "the desk"
DETAILS: Final[Mapping[str, str]] = {
    "act": "may not",
    "chat": "chat",
    "command": "by",
    "filter": "for",
    "invited_by": "invited by",
    "label": "function",
    "others": "like",
    "ref": "entry",
    "rule": "hour",
    "site": "place",
    "thread": "topic",
    "when_empty": "when empty",
}
"""The word before what a line of the journal tells that is about no entry, where it isn't the name itself."""
NOTHING_LEFT: Final = "(emptied)"
NO_DATABASE: Final = "there is no database yet; `wayhome run` makes it"
NO_TEAM: Final = 'the database holds no team of the name "{team}"; see [team] name'
SANDBOX: Final = "Bot API and chat page: {url}/"
DEMO_READY: Final = "The desk is at work: {url}  (Ctrl-C ends it, and leaves nothing behind)"
CANNOT: Final = "it can't be done: {why}"
CRASHED: Final = "that is a mistake of ours; please report it: {error}"
