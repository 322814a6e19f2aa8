"""The first page of help."""

TOP = """\
usage: chain-timer [NAME|FILE]
       chain-timer COMMAND [OPTIONS]

A guided workout timer: it shows and speaks every step of a routine and keeps
the time, so that nobody on a mat has to reach for the mouse.

follow a routine
  chain-timer              open the window
  chain-timer NAME|FILE    open the window on a routine
  play [NAME|FILE]         follow a routine in this terminal
  resume                   go on with a session that was left in the middle

look first
  list                     the routines there are
  show NAME                a routine or an exercise: steps, muscles, equipment
  preview NAME|FILE        a session moment by moment, without starting it
  figure EXERCISE OUT      the figure of an exercise as a picture, sheet or film
  check FILE...            everything that is wrong with files of your own

bring in and give out
  import FILE...           routines and exercises from files of other programs
  export NAME|FILE OUT     a routine as a sheet, track, calendar entry and more

look back
  history                  the last sessions, totals and streaks
  history export OUT       the sessions as a table, JSON, calendar, TCX or FIT

keep safe
  backup [OUT]             everything of yours as one file
  restore FILE             bring a backup back, or add what another machine has

voice and sound
  voices                   the voices of this computer
  say TEXT                 try voice and sound
  doctor                   what works here, and what to do about the rest

the program itself
  desktop-entry            put it into the menu of a Linux desktop

options
  -h, --help               this page; after a command, more about it
  --version                which version this is
  --tray                   without a window, in the tray; for reminders

A routine goes by the name that list shows, by its title, or by the path of
its file. Times are written 45s, 1m30s or 0:45.

keys in a terminal session
  Space    start, pause, go on, or say done    + -    5 seconds more or less
  n  p     next, previous (or the arrows)      1-4    say everything ... nothing
  r        this part again                     m      sound off and on
  ?        all keys                            q      leave

examples
  chain-timer play                      the default routine, here and now
  chain-timer play desk-break --hold 45s
  chain-timer play --fit 15m            as much as fits into 15 minutes
  chain-timer check my-routine.toml

exit codes
  0 done, 1 failed, 2 wrong input, 130 interrupted (Ctrl-C), 143 ended (SIGTERM)

Stop when something hurts, and ask a trainer or physical therapist if unsure.
"""
