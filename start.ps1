node "$PSScriptRoot/setup/start.mjs" @args
exit $LASTEXITCODE
