# Sets up what is missing, then passes all checks; arguments go to pytest.
$purpose = "test"
. "$PSScriptRoot/tools/ready.ps1"
& $python "$PSScriptRoot/tools/check.py" @args
exit $LASTEXITCODE
