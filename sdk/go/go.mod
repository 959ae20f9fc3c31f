module fieldwork.dev/sdk

go 1.24
