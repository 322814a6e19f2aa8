; The installer for Windows, by Inno Setup 6.3 or newer (https://jrsoftware.org/isinfo.php).
; packaging/build windows runs it, with the version and the addresses of the project:
;   ISCC /DAppVersion=1.2.3 /DNumbers=1.2.3.0 /DHomepage=https://... packaging\windows\chain-timer.iss
;
; For one person, without an administrator; whoever is one may choose "for all users" instead. What a person made
; lies in %LOCALAPPDATA%\chain-timer and is touched neither by an update nor by removing the program.

#ifndef AppVersion
  #error Give the version: ISCC /DAppVersion=X.Y.Z
#endif
#ifndef Numbers
  #error Give the version in four numbers, as Windows wants it: ISCC /DNumbers=X.Y.Z.0
#endif
#ifndef Homepage
  #error Give the home page: ISCC /DHomepage=https://...
#endif
#ifndef Bundle
  #define Bundle "..\..\build\bundle\chain-timer"
#endif
#ifndef Icon
  #define Icon "..\..\build\windows\chain-timer.ico"
#endif
#define AppName "Chain Timer"
#define WindowExe "Chain Timer.exe"
#define ConsoleExe "chain-timer.exe"

[Setup]
; By this an update knows what it updates: it stays for good.
AppId={{EC5CD2F5-D3F0-50FE-9855-A10F9C199469}
AppName={#AppName}
AppVersion={#AppVersion}
AppPublisher=Chain Timer contributors
AppPublisherURL={#Homepage}
AppSupportURL={#Homepage}/issues
AppUpdatesURL={#Homepage}/releases
VersionInfoVersion={#Numbers}
VersionInfoDescription={#AppName} Setup
LicenseFile=..\..\LICENSE
SetupIconFile={#Icon}
UninstallDisplayIcon={app}\{#WindowExe}
UninstallDisplayName={#AppName}
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog commandline
DefaultDirName={autopf}\{#AppName}
DisableProgramGroupPage=yes
DisableReadyPage=yes
; Qt 6 wants Windows 10 of autumn 2018; the bundle is for 64 bit, which Windows on ARM runs, too.
MinVersion=10.0.17763
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
; A program that runs has its files open, and by these Windows finds it and asks to close it.
CloseApplications=yes
CloseApplicationsFilter=*.exe,*.dll,*.pyd
RestartApplications=no
WizardStyle=modern
Compression=lzma2/max
SolidCompression=yes
OutputDir=..\..\dist
OutputBaseFilename=chain-timer-{#AppVersion}-windows-setup
TimeStampsInUTC=yes
#ifdef SignTool
; Named on the command line: /DSignTool=NAME "/SNAME=signtool.exe sign ... $f" (see SIGNING.md).
SignTool={#SignTool}
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "associate"; Description: "Open &routine files (.chain-timer) with {#AppName}"
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; Modules of the version before must not stay beside those of this one.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Bundle}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\{#AppName}"; Filename: "{app}\{#WindowExe}"; Comment: "A guided workout timer"
Name: "{autodesktop}\{#AppName}"; Filename: "{app}\{#WindowExe}"; Tasks: desktopicon

[Registry]
; HKA is the person's own part of the registry, or everybody's when installed for all.
; Routines with their own exercises and pictures: ours alone.
Root: HKA; Subkey: "Software\Classes\.chain-timer"; ValueType: string; ValueName: ""; ValueData: "ChainTimer.Bundle"; Flags: uninsdeletevalue uninsdeletekeyifempty; Tasks: associate
Root: HKA; Subkey: "Software\Classes\.chain-timer\OpenWithProgids"; ValueType: string; ValueName: "ChainTimer.Bundle"; ValueData: ""; Flags: uninsdeletevalue uninsdeletekeyifempty; Tasks: associate
Root: HKA; Subkey: "Software\Classes\ChainTimer.Bundle"; ValueType: string; ValueName: ""; ValueData: "Chain Timer routine with its exercises"; Flags: uninsdeletekey; Tasks: associate
Root: HKA; Subkey: "Software\Classes\ChainTimer.Bundle\DefaultIcon"; ValueType: string; ValueName: ""; ValueData: "{app}\{#WindowExe},0"; Tasks: associate
Root: HKA; Subkey: "Software\Classes\ChainTimer.Bundle\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\{#WindowExe}"" ""%1"""; Tasks: associate
; NAME.routine.toml: Windows looks at the last ending alone, and .toml belongs to others as well. So the program is
; offered under "Open with", and nothing is taken from anybody.
Root: HKA; Subkey: "Software\Classes\.toml\OpenWithProgids"; ValueType: string; ValueName: "ChainTimer.Routine"; ValueData: ""; Flags: uninsdeletevalue uninsdeletekeyifempty; Tasks: associate
Root: HKA; Subkey: "Software\Classes\ChainTimer.Routine"; ValueType: string; ValueName: ""; ValueData: "Chain Timer routine"; Flags: uninsdeletekey; Tasks: associate
Root: HKA; Subkey: "Software\Classes\ChainTimer.Routine\DefaultIcon"; ValueType: string; ValueName: ""; ValueData: "{app}\{#WindowExe},0"; Tasks: associate
Root: HKA; Subkey: "Software\Classes\ChainTimer.Routine\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\{#WindowExe}"" ""%1"""; Tasks: associate
; "chain-timer" in the Run dialog and for "start": without changing the person's PATH.
Root: HKA; Subkey: "Software\Microsoft\Windows\CurrentVersion\App Paths\{#ConsoleExe}"; ValueType: string; ValueName: ""; ValueData: "{app}\{#ConsoleExe}"; Flags: uninsdeletekey
; What the program itself registers to be named in its notifications; it goes with the program.
Root: HKCU; Subkey: "Software\Classes\AppUserModelId\{#AppName}"; Flags: dontcreatekey uninsdeletekey

[Run]
Filename: "{app}\{#WindowExe}"; Description: "{cm:LaunchProgram,{#AppName}}"; Flags: nowait postinstall skipifsilent
