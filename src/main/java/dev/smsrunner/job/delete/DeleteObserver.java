package dev.smsrunner.job.delete;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.job.delete.DeleteObservation.Existence;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.ObservedStateBuilder;
import dev.smsrunner.sms.Absence;
import dev.smsrunner.sms.CurrentTask;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.SourceServer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Observes the tasks and sources of the open rows. The list of sources shows most tasks (ListServers); the list of tasks is read
 * only when it does not show all (ListTasks). What an incomplete list does not show is queried alone.
 */
record DeleteObserver(SmsApi sms) {

    /**
     * Result of a search for one task or source.
     *
     * @param element null unless it exists
     */
    private record Lookup<E>(Existence existence, @Nullable E element) {}

    Function<LedgerRow, DeleteObservation> observe(List<LedgerRow> open, Instant now) {
        var sources = sources(open);
        var tasksOfSources = new HashMap<String, Set<String>>();
        var tasks = tasks(
                open.stream()
                        .filter(row -> row.taskId() != null && ownTask(row, sources.get(row.sourceId())) == null)
                        .map(LedgerRow::taskId)
                        .collect(Collectors.toSet()),
                task -> {
                    if (task.id() != null && sources.containsKey(task.sourceServerId())) {
                        tasksOfSources
                                .computeIfAbsent(task.sourceServerId(), any -> new TreeSet<>())
                                .add(task.id());
                    }
                });
        return row -> {
            var source = Objects.requireNonNull(sources.get(row.sourceId()));
            var listed = tasksOfSources.getOrDefault(row.sourceId(), Set.of());
            return observation(row, source, tasks, listed, now);
        };
    }

    private Map<String, Lookup<SourceServer>> sources(List<LedgerRow> open) {
        var wanted =
                open.stream().map(LedgerRow::sourceId).filter(Objects::nonNull).collect(Collectors.toSet());
        var listed = new HashMap<String, SourceServer>();
        var coverage = sms.eachSourcePage(page -> page.sourceServers().stream()
                .filter(source -> wanted.contains(source.id()))
                .forEach(source -> listed.put(source.id(), source)));
        return found(wanted, listed, coverage.isComplete(), sms::showSource, Absence::ofSource);
    }

    private Map<String, Lookup<MigrationTask>> tasks(Set<String> wanted, Consumer<MigrationTask> visitor) {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        var listed = new HashMap<String, MigrationTask>();
        var coverage = sms.eachTaskPage(page -> page.tasks().stream()
                .peek(visitor)
                .filter(task -> wanted.contains(task.id()))
                .forEach(task -> listed.put(task.id(), task)));
        return found(wanted, listed, coverage.isComplete(), sms::showTask, Absence::ofTask);
    }

    private static <E> Map<String, Lookup<E>> found(
            Set<String> wanted,
            Map<String, E> listed,
            boolean complete,
            Function<String, E> query,
            Predicate<ApiException> absence) {
        return wanted.stream().collect(Collectors.toMap(Function.identity(), id -> {
            if (listed.containsKey(id)) {
                return new Lookup<>(Existence.PRESENT, listed.get(id));
            }
            return complete ? new Lookup<>(Existence.GONE, null) : alone(() -> query.apply(id), absence);
        }));
    }

    /** A failed query leaves the existence open; only refused credentials end the observation. */
    private static <E> Lookup<E> alone(Supplier<E> query, Predicate<ApiException> absence) {
        try {
            return new Lookup<>(Existence.PRESENT, query.get());
        } catch (ApiException ex) {
            if (ex.kind() == CallFailureKind.DENIED) {
                throw ex;
            }
            return new Lookup<>(absence.test(ex) ? Existence.GONE : Existence.UNCONFIRMED, null);
        }
    }

    private static @Nullable CurrentTask ownTask(LedgerRow row, @Nullable Lookup<SourceServer> source) {
        var task = source == null || source.element() == null
                ? null
                : source.element().currentTask();
        return task != null && Objects.equals(task.id(), row.taskId()) ? task : null;
    }

    /** The task that the source shows, or another task that the list shows for it. */
    private static @Nullable String otherTask(LedgerRow row, SourceServer source, Set<String> listed) {
        var current = source.currentTaskId();
        return current != null
                ? current
                : listed.stream()
                        .filter(id -> !id.equals(row.taskId()))
                        .findFirst()
                        .orElse(null);
    }

    private static DeleteObservation observation(
            LedgerRow row,
            Lookup<SourceServer> source,
            Map<String, Lookup<MigrationTask>> tasks,
            Set<String> listed,
            Instant now) {
        var own = ownTask(row, source);
        var task = own == null && row.taskId() != null ? tasks.get(row.taskId()) : null;
        var existence = own != null ? Existence.PRESENT : task == null ? Existence.GONE : task.existence();
        var state = own != null
                ? own.state()
                : task == null || task.element() == null ? null : task.element().state();
        var server = source.element();
        var other = server == null || own != null ? null : otherTask(row, server, listed);
        var states = server == null
                ? ObservedStateBuilder.builder().taskState(state).build()
                : new ObservedState(
                        state, server.state(), server.migrationCycle(), server.connected(), null, null, null);
        return new DeleteObservation(now, existence, source.existence(), other, states);
    }
}
