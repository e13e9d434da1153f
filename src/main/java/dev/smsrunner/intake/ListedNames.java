package dev.smsrunner.intake;

import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.DependencyRef;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.inventory.ServerName;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Names of the operator's list for the sources of its rows. The inventory has the names of SMS, so that its dependencies need
 * them too.
 */
final class ListedNames {

    private final ListMatch match;
    private final Map<String, String> sources = new HashMap<>();

    ListedNames(ListMatch match) {
        this.match = match;
        match.matched().forEach((row, source) -> {
            var name = Objects.requireNonNullElse(source.name(), "");
            sources.put(ServerName.key(name), name);
        });
        match.matched()
                .forEach((row, source) -> sources.putIfAbsent(
                        ServerName.key(row.value(Column.SERVER_NAME)), Objects.requireNonNullElse(source.name(), "")));
    }

    /** Dependencies of a row with the names of the sources. A server without a row in the inventory is doubtful. */
    String ofSources(InventoryRow row, String dependencies) {
        return DependencyRef.all(dependencies).stream()
                .map(each -> ofSource(row, each))
                .collect(Collectors.joining(";"));
    }

    private String ofSource(InventoryRow row, DependencyRef dependency) {
        if (dependency.byId()) {
            return dependency.text();
        }
        var name = sources.get(ServerName.key(dependency.server()));
        if (name == null) {
            match.doubtful()
                    .add("%s is written, but depends on %s, which is not: correct depends_on"
                            .formatted(ListMatch.text(row), dependency.server()));
            return dependency.text();
        }
        return dependency.level() == DependencyRef.Level.ACCEPTED
                ? name
                : name + "@" + dependency.level().label();
    }
}
