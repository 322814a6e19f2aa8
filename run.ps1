# Sets up what is missing, then starts Chain Timer with the given arguments.
$purpose = "run"
. "$PSScriptRoot/tools/ready.ps1"
& $python -P -m chain_timer @args
exit $LASTEXITCODE
