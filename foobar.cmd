@echo off
rem Runs the whole site on this machine without Docker: foobar up. All commands and options: foobar --help
rem Finds a JDK, builds missing jars, and runs local-stack. After a change of the sources: foobar build.
setlocal
set "PROJECT=%~dp0"
set "EXEC=%PROJECT%local-stack\target\local-stack-exec.jar"
set "LOG=%PROJECT%.foobar\build.log"

set "JAVA=java"
set "JAVAC=javac"
if defined JAVA_HOME (
  set "JAVA=%JAVA_HOME%\bin\java.exe"
  set "JAVAC=%JAVA_HOME%\bin\javac.exe"
)
"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo foobar: java was not found: install a JDK 17 or later, and set JAVA_HOME to it. 1>&2
  exit /b 3
)
for /f "tokens=3" %%v in ('^""%JAVA%" -XshowSettings:properties -version 2^>^&1 ^| findstr /c:"java.specification.version ="^"') do set "VERSION=%%v"
for /f "tokens=1 delims=." %%f in ("%VERSION%") do set "FEATURE=%%f"
if not defined FEATURE set "FEATURE=0"
if %FEATURE% LSS 17 (
  echo foobar: Java is of version %VERSION%; expected 17 or later. Set JAVA_HOME to one. 1>&2
  exit /b 3
)

if "%~1"=="build" goto build
if not exist "%EXEC%" goto build
if not exist "%PROJECT%web-app\target\web-app.jar" goto build
if not exist "%PROJECT%gateway\target\gateway.jar" goto build
goto run

:build
"%JAVAC%" -version >nul 2>&1
if errorlevel 1 (
  echo foobar: this Java is a runtime without a compiler. The first start builds the project; install a JDK 17 or later. 1>&2
  exit /b 3
)
if not exist "%PROJECT%.foobar" mkdir "%PROJECT%.foobar"
echo Building the jars; the first build downloads libraries from Maven Central (log: %LOG%) 1>&2
pushd "%PROJECT%"
call mvnw.cmd --batch-mode --projects local-stack,web-app,gateway --also-make -Dmaven.test.skip=true -Dspring-javaformat.validate.skip=true package > "%LOG%" 2>&1
set "BUILT=%ERRORLEVEL%"
popd
if not "%BUILT%"=="0" (
  echo foobar: the build failed; its output is in %LOG% 1>&2
  exit /b 3
)
pushd "%PROJECT%"
"%JAVA%" -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar "%EXEC%" record-startup >> "%LOG%" 2>&1
if errorlevel 1 echo foobar: the start was not recorded; the applications start from their jars (%LOG%) 1>&2
popd
if "%~1"=="build" exit /b 0

:run
pushd "%PROJECT%"
"%JAVA%" -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 %FOOBAR_JAVA_OPTS% -jar "%EXEC%" %*
set "RESULT=%ERRORLEVEL%"
popd
exit /b %RESULT%
