package dev.smsrunner.preflight;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.ListCoverage;
import dev.smsrunner.sms.Absence;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.SourceServer;
import dev.smsrunner.sms.TaskPage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The migration tasks of the account (ListTasks), found by id and by source. When the service did not show all of them, it is asked
 * about the one task or the one source before either counts as having none.
 */
final class AccountTasks {

    /**
     * The tasks of one source.
     *
     * @param known whether these are all of them
     */
    record OfSource(List<MigrationTask> tasks, boolean known) {}

    private final SmsApi sms;
    private final Map<String, MigrationTask> byId = new HashMap<>();
    private final Map<String, List<MigrationTask>> bySource = new HashMap<>();
    private final ListCoverage coverage;

    /** Looks at all tasks of the account, by pages of 200, and once more when not all were shown: the list may change meanwhile. */
    AccountTasks(SmsApi sms) {
        this.sms = sms;
        var first = sms.eachTaskPage(this::add);
        this.coverage = first.isComplete() ? first : again();
    }

    private ListCoverage again() {
        var shown = sms.eachTaskPage(this::add);
        return new ListCoverage(Math.max(shown.received(), byId.size()), shown.announced());
    }

    private void add(TaskPage page) {
        page.tasks().stream().filter(task -> task.sourceServerId() != null).forEach(task -> {
            if (byId.putIfAbsent(key(Objects.requireNonNull(task.id())), task) == null) {
                bySource.computeIfAbsent(task.sourceServerId(), id -> new ArrayList<>(1))
                        .add(task);
            }
        });
    }

    /** What to say of a source whose tasks are not known. */
    Finding unknown(SourceServer source) {
        return Finding.error(
                "SMS listed only %s tasks, and none of the source %s: whether it has one is not known. Rerun later.",
                coverage, source.id());
    }

    /**
     * The task of that id, in any letter case; asks for it alone (ShowTask) when the list is incomplete.
     *
     * @throws ApiException when the service does not say whether there is one
     */
    Optional<MigrationTask> withId(String id) {
        var listed = byId.get(key(id));
        if (listed != null || coverage.isComplete() || id.isEmpty()) {
            return Optional.ofNullable(listed);
        }
        try {
            return Optional.of(sms.showTask(id)).filter(task -> task.sourceServerId() != null);
        } catch (ApiException ex) {
            if (Absence.ofTask(ex)) {
                return Optional.empty();
            }
            throw ex;
        }
    }

    /** The tasks of a source; lists them alone (ListTasks by source) when none was shown and the list is incomplete. */
    OfSource ofSource(String source) {
        var listed = bySource.getOrDefault(source, List.of());
        if (!listed.isEmpty() || coverage.isComplete()) {
            return new OfSource(listed, true);
        }
        var alone = new ArrayList<MigrationTask>();
        var ofSource = sms.eachTaskPage(
                source,
                page -> page.tasks().stream()
                        .filter(task -> source.equals(task.sourceServerId()))
                        .forEach(alone::add));
        return new OfSource(alone, !alone.isEmpty() || ofSource.isComplete());
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
