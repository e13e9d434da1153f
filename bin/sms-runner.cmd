@echo off
rem Starts sms-runner on Windows. bin/sms-runner has the same for other systems.
rem   JAVA_HOME             the Java to use; without it, the java of the PATH
rem   SMS_RUNNER_JAVA_OPTS  more JVM options, separated by blanks; they override the options below
setlocal

set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo error: Cannot start "%JAVA%". Install Java 17 or newer, or set JAVA_HOME to it. 1>&2
  exit /b 2
)

set "HERE=%~dp0"
set "JAR="
for %%J in ("%HERE%sms-runner.jar" "%HERE%..\lib\sms-runner.jar" "%HERE%..\sms-runner.jar" "%HERE%..\target\sms-runner.jar") do (
  if not defined JAR if exist "%%~J" set "JAR=%%~fJ"
)
if not defined JAR (
  echo error: There is no sms-runner.jar near "%HERE%". Build it: mvn -q -ntp package -DskipTests 1>&2
  exit /b 2
)

set "COLLECTOR=-XX:+UseSerialGC"
echo "%SMS_RUNNER_JAVA_OPTS%" | findstr /r /c:"-XX:+Use.*GC" >nul && set "COLLECTOR="
set "HEAP=-Xms32m"
echo "%SMS_RUNNER_JAVA_OPTS%" | findstr /r /c:"-Xm[sx]" /c:"HeapSize" >nul && set "HEAP="

"%JAVA%" %COLLECTOR% %HEAP% -XX:TieredStopAtLevel=1 -XX:MaxRAMPercentage=50 %SMS_RUNNER_JAVA_OPTS% "-Dsms-runner.command=%~0" -jar "%JAR%" %*
exit /b %errorlevel%
