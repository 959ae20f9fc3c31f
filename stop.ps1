node "$PSScriptRoot/setup/stop.mjs" @args
exit $LASTEXITCODE
