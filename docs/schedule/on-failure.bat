@echo off
rem Called by selfeval when a run or batch did not end well. The message is not used here: cmd would take signs in it for commands.
>>"%~dp0failed.log" echo %DATE% %TIME% exit code %SELFEVAL_EXIT_CODE%
if not "%SELFEVAL_STATUS%"=="" copy /y "%SELFEVAL_STATUS%" "%~dp0failed-status.txt" >nul
