package dev.smsrunner.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Converts the entries of a fault file to faults and rejects invalid values. */
final class FaultCompiler {

    private static final Map<String, Phase> LEFTOVERS = Map.of(
            "READY", Phase.CONFIGURED,
            "RUNNING", Phase.INITIALIZING,
            "SYNCING", Phase.SYNCING,
            "ABORT", Phase.STOPPED,
            "MIGRATE_FAIL", Phase.COPY_FAILED,
            "SYNC_FAIL", Phase.SYNC_FAILED,
            "SYNC_F_ROLLBACKING", Phase.ROLLING_BACK,
            "SYNC_F_ROLLBACK_SUCCESS", Phase.ROLLED_BACK,
            "MIGRATE_SUCCESS", Phase.FINISHED);

    private FaultCompiler() {}

    static ServerFault server(FaultFile.ServerEntry entry, FaultValues values) {
        return new ServerFault(
                failTimes(entry, values),
                Objects.requireNonNullElse(values.share("fail-at", entry.failAt()), 0.5),
                choice(values, "fail-during", entry.failDuring(), "copy", "sync"),
                Objects.requireNonNullElse(entry.failCode(), ServerFault.NONE.failCode()),
                failType(entry.failType(), values),
                isTrue(entry.disconnected()),
                values.share("disconnect-at", entry.disconnectAt()),
                values.duration("disconnect-for", entry.disconnectFor()),
                isTrue(entry.checkError()),
                choice(values, "state-case", entry.stateCase(), "lower", "upper"),
                unknownState(entry.unknownState(), values),
                isTrue(entry.nullProgress()),
                isTrue(entry.progressOver100()),
                values.share("delete-task-at", entry.deleteTaskAt()),
                leftover(entry.leftoverTask(), values),
                leftoverTarget(entry, values),
                values.duration("duration", entry.duration()),
                Objects.requireNonNullElse(values.duration("hide-new-task-for", entry.hideNewTaskFor()), Duration.ZERO),
                entry.cloneError(),
                choice(values, "network-check", entry.networkCheck(), "good", "broken"),
                Objects.requireNonNullElse(
                        values.duration("action-shows-after", entry.actionShowsAfter()), Duration.ZERO),
                comparison(entry.consistency(), values));
    }

    private static FileComparison comparison(FaultFile.@Nullable ConsistencyEntry entry, FaultValues values) {
        if (entry == null) {
            return FileComparison.SAME;
        }
        return new FileComparison(
                files("consistency.different", entry.different(), values),
                files("consistency.missing", entry.missing(), values),
                files("consistency.more", entry.more(), values),
                Objects.requireNonNullElse(
                        values.duration("consistency.takes", entry.takes()), FileComparison.SAME.takes()),
                choice(values, "consistency.begins", entry.begins(), "sync", "launch"),
                entry.shape() == null
                        ? FileComparison.SAME.shape()
                        : values.keyword("consistency.shape", entry.shape(), FileComparison.Shape.class));
    }

    /** Checks the range of file counts (ShowConsistencyResult: 0 to 1000000). */
    private static int files(String key, @Nullable Integer number, FaultValues values) {
        int files = Objects.requireNonNullElse(number, 0);
        if (files < 0 || files > 1_000_000) {
            throw values.bad(key, number, "from 0 to 1000000");
        }
        return files;
    }

    private static @Nullable String failType(@Nullable String type, FaultValues values) {
        if (type != null && !TaskRules.TYPES.contains(type)) {
            throw values.bad("fail-type", type, "one of " + TaskRules.TYPES);
        }
        return type;
    }

    /** A server with fail-code, fail-at or fail-during but no fail-times fails once. */
    private static int failTimes(FaultFile.ServerEntry entry, FaultValues values) {
        if (isTrue(entry.failAlways())) {
            return Integer.MAX_VALUE;
        }
        if (entry.failTimes() == null) {
            boolean fails = entry.failCode() != null || entry.failAt() != null || entry.failDuring() != null;
            return fails ? 1 : 0;
        }
        if (entry.failTimes() < 0) {
            throw values.bad("fail-times", entry.failTimes(), "0 or more");
        }
        return entry.failTimes();
    }

    /** True for the second keyword, false for the first one or without a value. */
    static boolean choice(FaultValues values, String key, @Nullable String value, String no, String yes) {
        if (value != null && !value.equals(no) && !value.equals(yes)) {
            throw values.bad(key, value, no + " or " + yes);
        }
        return yes.equals(value);
    }

    private static ServerFault.@Nullable UnknownState unknownState(
            FaultFile.@Nullable UnknownStateEntry entry, FaultValues values) {
        if (entry == null) {
            return null;
        }
        String on = Objects.requireNonNullElse(entry.on(), "source");
        if (!on.matches("source|task|both")) {
            throw values.bad("unknown-state.on", on, "source, task or both");
        }
        return new ServerFault.UnknownState(
                Objects.requireNonNullElse(values.share("unknown-state.at", entry.at()), 0.5),
                Objects.requireNonNullElse(
                        values.duration("unknown-state.for", entry.lasting()), Duration.ofMinutes(10)),
                values.required("unknown-state.value", entry.value()),
                !on.equals("task"),
                !on.equals("source"));
    }

    private static @Nullable Phase leftover(@Nullable String state, FaultValues values) {
        if (state != null && !LEFTOVERS.containsKey(state)) {
            throw values.bad(
                    "leftover-task",
                    state,
                    "one of " + LEFTOVERS.keySet().stream().sorted().toList());
        }
        return state == null ? null : LEFTOVERS.get(state);
    }

    private static @Nullable LeftoverTarget leftoverTarget(FaultFile.ServerEntry entry, FaultValues values) {
        FaultFile.LeftoverTargetEntry to = entry.leftoverTarget();
        if (to == null) {
            return null;
        }
        if (entry.leftoverTask() == null) {
            throw values.bad("leftover-target", "given", "left out where there is no leftover-task");
        }
        if (to.serverId() != null && to.template() != null) {
            throw values.bad("leftover-target.template", to.template(), "left out beside server-id");
        }
        if (to.type() != null && !TaskRules.TYPES.contains(to.type())) {
            throw values.bad("leftover-target.type", to.type(), "one of " + TaskRules.TYPES);
        }
        return new LeftoverTarget(
                to.serverId(),
                to.template(),
                Objects.requireNonNullElse(to.region(), LeftoverTarget.USUAL.region()),
                Objects.requireNonNullElse(to.project(), LeftoverTarget.USUAL.project()),
                to.type(),
                to.publicIp(),
                to.migrationIp());
    }

    static AnswerFault answer(FaultFile.AnswerEntry entry, FaultValues values) {
        AnswerFault.Kind kind = values.keyword("kind", entry.kind(), AnswerFault.Kind.class);
        double probability = Objects.requireNonNullElse(entry.probability(), 1.0);
        if (!(probability >= 0 && probability <= 1)) {
            throw values.bad("probability", probability, "from 0 to 1");
        }
        return new AnswerFault(
                values.required("operation", entry.operation()),
                kind,
                probability,
                isTrue(entry.firstPerSource()),
                Objects.requireNonNullElse(entry.times(), Integer.MAX_VALUE),
                status(entry.status(), values),
                Objects.requireNonNullElse(values.duration("delay", entry.delay()), Duration.ofSeconds(5)),
                entry.retryAfter(),
                elements(entry.elements(), values));
    }

    private static int elements(@Nullable Integer elements, FaultValues values) {
        int most = Objects.requireNonNullElse(elements, 100);
        if (most < 1) {
            throw values.bad("elements", most, "1 or more");
        }
        return most;
    }

    private static int status(@Nullable Integer status, FaultValues values) {
        int code = Objects.requireNonNullElse(status, 502);
        if (code < 400 || code > 599) {
            throw values.bad("status", code, "from 400 to 599");
        }
        return code;
    }

    private static boolean isTrue(@Nullable Boolean value) {
        return Boolean.TRUE.equals(value);
    }
}
