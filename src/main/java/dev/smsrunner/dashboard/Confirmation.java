package dev.smsrunner.dashboard;

import dev.smsrunner.inventory.ServerName;
import dev.smsrunner.ledger.ControlAction;
import dev.smsrunner.ledger.LedgerRow;
import java.util.Collection;

/**
 * What a person types before something that cannot be taken back: the action and the name of the server, and its row where the
 * name alone does not tell which server it is.
 *
 * @param server the name, with the row of a server that shares it
 */
record Confirmation(ControlAction action, String server) {

    static Confirmation of(ControlAction action, LedgerRow row, Collection<LedgerRow> all) {
        var key = ServerName.key(row.serverName());
        boolean shared = all.stream()
                .anyMatch(other -> other.row() != row.row()
                        && ServerName.key(other.serverName()).equals(key));
        return new Confirmation(action, shared ? row.serverName() + " row " + row.row() : row.serverName());
    }

    /** Whether the text says so, in any spelling of the name. */
    boolean isGivenBy(String text) {
        var words = action + " ";
        return text.startsWith(words)
                && ServerName.key(text.substring(words.length())).equals(ServerName.key(server));
    }

    @Override
    public String toString() {
        return action + " " + server;
    }
}
