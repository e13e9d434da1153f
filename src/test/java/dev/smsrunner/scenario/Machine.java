package dev.smsrunner.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Another machine, for the processes in it: namespaces of Linux with a host name and process ids of their own. */
final class Machine {

    private static final List<String> NAMESPACES =
            List.of("unshare", "-u", "-p", "-m", "--fork", "--kill-child", "--mount-proc", "sh", "-c");

    private Machine() {}

    /** Command that executes its arguments on a machine of that name. */
    static List<String> named(String name) {
        var command = new ArrayList<>(NAMESPACES);
        command.add("hostname " + name + " && exec \"$0\" \"$@\"");
        return command;
    }

    /** Whether this system allows it. */
    static boolean canBeMade() {
        var command = named("probe");
        command.add("true");
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException ex) {
            return false;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
