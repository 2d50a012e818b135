# The nightly backup of an office server: dumped, restored elsewhere on the server and compared, and
# only then given its name. For the Task Scheduler of Windows; Linux has back_up.sh beside this file.
#
#   powershell -NoProfile -ExecutionPolicy Bypass -File back_up.ps1 -Folder D:\backup
#
# Who and where: the usual variables of libpq, PGHOST and PGUSER=gwangju_backup; the password stands
# in %APPDATA%\postgresql\pgpass.conf. Exit code 0: whole. The folder's access list is the
# administrator's. Kept: 35 days, then the first of each month for 13 months.
param(
    [Parameter(Mandatory = $true)][string]$Folder,
    [string]$Database = 'gwangju'
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
if (-not $env:PGSSLMODE) { $env:PGSSLMODE = 'verify-full' }
if (-not (Test-Path -LiteralPath $Folder -PathType Container)) {
    [Console]::Error.WriteLine("no folder: $Folder")
    exit 1
}

$stamp = Get-Date -Format 'yyyyMMdd-HHmmss'
$new = Join-Path $Folder ".$Database-$stamp.$PID"
$trial = "gwangju_trial_$($stamp.Replace('-', '_'))_$PID"
$made = $false
$code = 1

function Invoke-Tool {
    param([string]$Tool, [string[]]$Arguments)
    $told = & $Tool @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$Tool ended with $LASTEXITCODE" }
    return $told
}

function Get-Answer {
    param([string]$Of, [string]$Question)
    $told = Invoke-Tool 'psql' @('-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', $Of, '-c', $Question)
    return ("$told").Trim()
}

try {
    $head = 'SELECT coalesce(max(id), 0) FROM change_log'
    $before = [long](Get-Answer $Database $head)
    Invoke-Tool 'pg_dump' @('--format=custom', "--file=$new", $Database) | Out-Null
    $after = [long](Get-Answer $Database $head)

    Invoke-Tool 'createdb' @('--template=template0', '--encoding=UTF8', '--locale=C', $trial) | Out-Null
    $made = $true
    Invoke-Tool 'pg_restore' @('--exit-on-error', '--no-owner', '--no-privileges', "--dbname=$trial", $new) | Out-Null

    # The journal has no gap, each entry follows the one before it, and it is that of tonight.
    $entries = [long](Get-Answer $trial 'SELECT count(*) FROM change_log')
    $last = [long](Get-Answer $trial $head)
    $torn = [long](Get-Answer $trial 'SELECT count(*) FROM (SELECT prev, lag(hash) OVER (ORDER BY id) AS follows FROM change_log) entry WHERE prev <> follows')
    if ($entries -ne $last -or $torn -ne 0 -or $last -lt $before -or $last -gt $after) {
        throw "restored: $entries entries up to $last, $torn torn; on the server $before to $after"
    }
    $done = Join-Path $Folder "$Database-$stamp.dump"
    Move-Item -LiteralPath $new -Destination $done

    $monthAgo = (Get-Date).AddDays(-35).ToString('yyyyMMdd')
    $yearAgo = (Get-Date).AddMonths(-13).ToString('yyyyMMdd')
    $kept = ''
    Get-ChildItem -LiteralPath $Folder -File |
        Where-Object { $_.Name -match "^$([regex]::Escape($Database))-\d{8}-\d{6}\.dump$" } |
        Sort-Object Name |
        ForEach-Object {
            $day = $_.Name.Substring($Database.Length + 1, 8)
            $month = $day.Substring(0, 6)
            if ($day -lt $monthAgo -and ($day -lt $yearAgo -or $month -eq $kept)) {
                Remove-Item -LiteralPath $_.FullName
            }
            $kept = $month
        }
    Write-Output "${done}: $entries entries, restored and compared"
    $code = 0
}
catch {
    [Console]::Error.WriteLine("$_")
}
finally {
    if (Test-Path -LiteralPath $new) { Remove-Item -LiteralPath $new }
    if ($made) {
        & dropdb --if-exists $trial
        if ($LASTEXITCODE -ne 0) { $code = 1 }
    }
    if ($code -ne 0) { [Console]::Error.WriteLine("NO BACKUP was made of $Database") }
}
exit $code
