package dev.smsrunner.sms;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Table of known error codes: codes, class, meaning, action (vendor's list of error codes of SMS, FAQ and field notes;
 * gateway codes from its documentation; DCS: page of BatchStopMigrationTasks, 2024-11-06).
 */
final class ErrorTable {

    /** Task failures that a restart of the task often cures. */
    private static final Set<String> RESTARTABLE =
            Set.of("0201", "0203", "0210", "6301", "0807", "1807", "2802", "3802", "2805", "2806");

    private static final String LINES = """
            0201 0203 | TRANSIENT | the agent could not reach the API gateway, the network is busy or timed out | Wait and start the task again; check the network of the source if the error persists.
            6301 | TRANSIENT | SMS could not read or write its database | Wait and try again.
            0210 | TRANSIENT | a file could not be created on the target | Start the task again.
            0807 1807 2802 2805 2806 3802 | TRANSIENT | the copy was interrupted | Start the task again; check the link between source and target if the error persists.
            0007 | OPERATOR | the agent reported an error | Check the log of the agent on the source.
            0202 | OPERATOR | the access key of the agent was refused | Enter a valid access key on the source.
            0204 | OPERATOR | the agent's account lacks permissions | Grant sms:server:registerServer, queryServer and migrationServer to the account of the agent.
            0205 | FIX_AND_RETRY | the clock or time zone of the source is wrong | Set the clock of the source, then run the server again.
            0206 | FATAL | the source is not an x86 machine | Migrate this server another way.
            0207 | FIX_AND_RETRY | the KVM driver is missing on the source | Install the driver on the source, then run the server again.
            0208 | OPERATOR | the service statement was not accepted | Accept it once in the SMS console.
            0211 0304 1901 1902 3803 3805 | FIX_AND_RETRY | no trusted connection between source and target (certificate, key, TLS or port) | Open the ports (22, 8899, 8900) and check the clock and the firewall, then run the server again.
            0212 | OPERATOR | the agent was restarted | Delete the target configuration of the source in the console and run the server again.
            0306 | FIX_AND_RETRY | the agent could not read its configuration from SMS | Check the network of the source, then run the server again.
            0412 | OPERATOR | the target server does not exist | Delete the target configuration of the source in the console and run the server again.
            0515 | OPERATOR | the disks of the source have changed | Register the source again, then run the server again.
            0601 6517 | FIX_AND_RETRY | rsync is missing on the source | Install rsync on the source, then run the server again.
            0806 | FIX_AND_RETRY | a partition could not be synchronised | Check the file system of the source, then run the server again.
            1106 6539 | FIX_AND_RETRY | a disk of the target is too small | Use a target with disks at least as large as the disks of the source.
            1107 | FIX_AND_RETRY | the target server does not exist | Correct target_server_id, then run the server again.
            1404 | FIX_AND_RETRY | a disk of the target is not in a usable state | Check the disks of the target in the console, then run the server again.
            1414 | OPERATOR | a module of the migration stopped | Check the log of the agent on the source.
            6030 | FIX_AND_RETRY | the source id is not valid | Correct the row, then run the server again.
            6031 6032 6033 | FIX_AND_RETRY | the target server, its id or its disks are not valid | Correct the row, then run the server again.
            6102 | FIX_AND_RETRY | the template is not complete | Complete the template in the console, then run the server again.
            6103 | FIX_AND_RETRY | the disk id has the wrong type | Correct the target, then run the server again.
            6302 | FATAL | no speed limit is set | Nothing to do; it counts as none.
            6504 | FATAL | the operating system of the source is not supported | Migrate this server another way.
            6519 | FIX_AND_RETRY | a disk was not found | Check the disks of source and target, then run the server again.
            6520 | WAIT | the source is not available | Wait until the source is ready in the console, then run the server again.
            6531 | FIX_AND_RETRY | the boot partition is missing | Check the partitions of the source, then run the server again.
            6562 | FIX_AND_RETRY | the target has no public IP | Bind an elastic IP or set use_public_ip to false.
            6601 | FIX_AND_RETRY | the operating system type is not valid | Correct server_os_family, then run the server again.
            6602 | FIX_AND_RETRY | the migration IP is not valid | Correct migration_ip, then run the server again.
            6603 | WAIT | the source is disconnected from SMS | Start the agent on the source and wait until it is connected, then run the server again.
            6610 | FIX_AND_RETRY | migration type and operating system do not go together | Windows needs MIGRATE_BLOCK: correct migration_type.
            6617 | FIX_AND_RETRY | the kernel of the source cannot migrate by block | Use MIGRATE_FILE.
            7101 | FIX_AND_RETRY | the template does not exist | Correct vm_template_id, then run the server again.
            7111 | OPERATOR | the template is used by a task | Delete the task first.
            7602 2216 | FIX_AND_RETRY | the source does not exist | Correct the row or install the agent, then run the server again.
            7605 | OPERATOR | source or target already belongs to a task | Check that task in the console; delete it if it is not needed.
            7703 2252 | OPERATOR | the task does not exist | Another process or user deleted it; run the server again if that was unintended.
            7711 | FIX_AND_RETRY | the name of the task is not allowed | Use 1 to 64 letters, digits, underscores and hyphens; where that is refused, 4 to 20 letters, digits and underscores.
            7712 | FIX_AND_RETRY | the type of the task is not allowed | Correct migration_type, then run the server again.
            7719 2015 | WAIT | the task runs or is stopping | Stop it and wait until it is stopped.
            8115 | OPERATOR | the account has 50 migration projects already | Delete one in the console.
            9001 | FIX_AND_RETRY | a parameter is not valid | Correct the row, then run the server again.
            9004 | OPERATOR | a policy denies this action | Grant the action named in the message, or sms:server:queryServer and sms:server:migrationServer, to this account.
            9007 | OPERATOR | the speed limit was exceeded repeatedly and the service paused the task | Raise the limit, then start the task.
            1038 1039 1040 | WAIT | the task is not in a state for this operation | Check the state of the task first.
            2002 2003 2005 2006 2009 2206 2248 | OPERATOR | authentication or permission was refused | Check the credentials and the permissions of SMS.
            2004 | FIX_AND_RETRY | the request is larger than 10240 bytes | Reduce the layout of the target.
            2007 | TRANSIENT | internal error of SMS | Wait and try again.
            2013 | OPERATOR | the source exists already | Check the source in the console.
            COMMON.0013 | OPERATOR | the token belongs to another region or project | Get a token with the right scope.
            APIG.0101 | OPERATOR | the API does not exist at this endpoint | Correct the endpoint.
            APIG.0201 APIG.0202 APIG.0203 APIG.0610 APIG.0613 | TRANSIENT | the gateway could not reach the service in time, or refused the request | Wait and try again.
            APIG.0301 APIG.0303 APIG.0305 APIG.0307 | OPERATOR | the credentials were refused or the token has expired | Check the credentials and the clock of this machine.
            APIG.0302 APIG.0304 APIG.0306 APIG.0310 | OPERATOR | access to the API is denied | Grant the action named in the message, or sms:server:queryServer and sms:server:migrationServer, to this account.
            APIG.0308 | TRANSIENT | too many calls | Nothing to do: the runner slows down by itself.
            APIG.0601 APIG.0606 APIG.0608 | TRANSIENT | internal error of the gateway | Wait and try again.
            DCS.4133 | OPERATOR | the DCS migration task does not exist, or was deleted | Check the list of tasks in the DCS console; nothing is left to stop.
            DCS.4855 | FIX_AND_RETRY | DCS does not know a task id, or the task cannot be stopped as it is | Correct the ids and check the task in the DCS console, then rerun.
            """;

    /**
     * Line of the table.
     *
     * @param codes codes with the same meaning
     */
    record Line(List<String> codes, ErrorClass errorClass, String meaning, String action) {

        private static Line of(String text) {
            String[] cells = text.split(" \\| ");
            return new Line(
                    List.of(cells[0].strip().split(" ")),
                    ErrorClass.valueOf(cells[1].strip()),
                    cells[2].strip(),
                    cells[3].strip());
        }
    }

    private ErrorTable() {}

    static List<Line> lines() {
        return LINES.lines().map(Line::of).toList();
    }

    static Map<String, ErrorEntry> read() {
        Map<String, ErrorEntry> entries = new LinkedHashMap<>();
        for (Line line : lines()) {
            line.codes().forEach(code -> entries.put(code, entry(code, line)));
        }
        return entries;
    }

    private static ErrorEntry entry(String code, Line line) {
        return new ErrorEntry(line.meaning(), line.errorClass(), line.action(), RESTARTABLE.contains(code));
    }
}
