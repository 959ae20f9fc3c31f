@node "%~dp0setup\fw.mjs" %*
