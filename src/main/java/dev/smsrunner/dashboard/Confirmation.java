package dev.smsrunner.dashboard;

import dev.smsrunner.inventory.ServerName;
import dev.smsrunner.ledger.ControlAction;
import dev.smsrunner.ledger.LedgerRow;
import java.util.Collection;

/**
 * The text that the operator types before an irreversible action: the action and the server name, with the row number if the
 * name is ambiguous.
 *
 * @param server the name, with the row number if several servers share it
 */
record Confirmation(ControlAction action, String server) {

    static Confirmation of(ControlAction action, LedgerRow row, Collection<LedgerRow> all) {
        var key = ServerName.key(row.serverName());
        boolean shared = all.stream()
                .anyMatch(other -> other.row() != row.row()
                        && ServerName.key(other.serverName()).equals(key));
        return new Confirmation(action, shared ? row.serverName() + " row " + row.row() : row.serverName());
    }

    /** Whether the text matches, in any spelling of the name. */
    boolean matches(String text) {
        var prefix = action + " ";
        return text.startsWith(prefix)
                && ServerName.key(text.substring(prefix.length())).equals(ServerName.key(server));
    }

    @Override
    public String toString() {
        return action + " " + server;
    }
}
