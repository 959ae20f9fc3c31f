module agent

go 1.24

require fieldwork.dev/sdk v0.0.0

replace fieldwork.dev/sdk => ../../sdk/go
