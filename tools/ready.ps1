# Dot-sourced by run.ps1 and test.ps1 with $purpose: leaves in $python one that has all they need.
# The twin of ready.sh, for Windows (and PowerShell elsewhere).

$here = (Resolve-Path "$PSScriptRoot/..").Path
$inputs = "pyproject.toml", "tools/bootstrap.py", "tools/system_packages.py" | ForEach-Object { "$here/$_" }
$key = "$here " + ((Get-FileHash -Algorithm SHA256 $inputs | ForEach-Object Hash) -join " ")
$venv = "$here/.venv"
$onWindows = $env:OS -eq "Windows_NT"
$python = if ($onWindows) { "$venv/Scripts/python.exe" } else { "$venv/bin/python" }
$stamp = "$venv/ready-$purpose"

if (-not ((Test-Path $python) -and (Test-Path $stamp) -and ((Get-Content -Raw $stamp).Trim() -eq $key))) {
    $base = $null
    foreach ($candidate in @(@("py", "-3"), @("python3"), @("python"))) {
        if (-not (Get-Command $candidate[0] -ErrorAction SilentlyContinue)) { continue }
        $rest = @($candidate | Select-Object -Skip 1)
        & $candidate[0] @rest -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>$null
        if ($LASTEXITCODE -eq 0) { $base = $candidate; break }
    }
    if ($null -eq $base) {
        Write-Host "Chain Timer needs Python 3.11 or newer, and found none. Install it from python.org."
        exit 1
    }
    $rest = @($base | Select-Object -Skip 1)
    & $base[0] @rest "$here/tools/bootstrap.py" $purpose $venv $key
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}
