package dev.smsrunner.job.migrate;

import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.inventory.Plural;
import dev.smsrunner.job.PlannedRow;
import dev.smsrunner.job.PlannedRow.Step;
import dev.smsrunner.job.RowPlanner;
import dev.smsrunner.job.migrate.preflight.SourceFacts;
import dev.smsrunner.job.migrate.task.TaskSpec;
import dev.smsrunner.job.migrate.task.TaskSpecFactory;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.preflight.Examiner;
import dev.smsrunner.preflight.PreflightResult;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.SourceServer;
import dev.smsrunner.target.RowTarget;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Plans migrations with the preflight and the task specification of the run. */
final class MigratePlanner implements RowPlanner {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Set<Step> STEPS = EnumSet.complementOf(EnumSet.of(Step.SEND));
    private static final Set<Step> STARTING_STEPS = EnumSet.of(Step.CREATE, Step.UPDATE, Step.START);

    private final JobFile job;
    private final SmsApi sms;
    private final Examiner examiner;
    private final UnlaunchableRows unlaunchable;
    private final WindowDemand demand;

    MigratePlanner(JobFile job, SmsApi sms, Examiner examiner, Instant now) {
        this.job = job;
        this.sms = sms;
        this.examiner = examiner;
        this.unlaunchable = new UnlaunchableRows(!job.cutover().isLaunchedByCall());
        this.demand = new WindowDemand(job.cutover().windows(), now);
    }

    @Override
    public Set<Step> steps() {
        return STEPS;
    }

    @Override
    public PlannedRow plan(InventoryRow row) {
        var planned = withSpeedLimits(plan(examiner.examine(row)));
        unlaunchable.add(planned);
        if (planned.step() != Step.REJECT && planned.step() != Step.SKIP) {
            demand.add(row);
        }
        return planned;
    }

    @Override
    public List<String> warnings() {
        return Stream.concat(unlaunchable.warnings().stream(), demand.warnings().stream())
                .toList();
    }

    private PlannedRow plan(PreflightResult examined) {
        var planned = PlannedRow.of(examined, Step.CREATE, RowTarget.of(examined.row()));
        var source = examined.source();
        if (planned.step() != Step.CREATE || source == null) {
            return planned;
        }
        var spec = TaskSpecFactory.of(
                examined.row(),
                Objects.requireNonNull(source.id()),
                SourceFacts.fromJson(Objects.requireNonNull(examined.facts())),
                job.cutover().isLaunchedByCall());
        var task = examined.taskId();
        return task == null ? planned.withDetail(creation(spec)) : existing(planned, source, task, spec);
    }

    private PlannedRow existing(PlannedRow planned, SourceServer source, String taskId, TaskSpec spec) {
        var current = sms.showTask(taskId);
        if (!current.taskState().isStartable()) {
            return planned.with(Step.ADOPT, "watch task %s, which is %s".formatted(current.id(), current.state()));
        }
        return differs(source, current, spec)
                ? planned.with(
                        Step.UPDATE, "update task %s: %s, then start it".formatted(current.id(), fields(spec, source)))
                : planned.with(Step.START, "start task %s unchanged".formatted(current.id()));
    }

    /** Whether the task differs from the row, by the comparison of the run. A task without its source counts as different. */
    private static boolean differs(SourceServer source, MigrationTask task, TaskSpec spec) {
        var current = source.currentTask();
        if (current == null || spec.differsFrom(task)) {
            return true;
        }
        var compared = spec.rowTarget().compare(current, task.migrationIp());
        return !compared.differences().isEmpty() || !compared.complete();
    }

    private static String fields(TaskSpec spec, SourceServer source) {
        return JSON.writeValueAsString(spec.update(Objects.requireNonNullElse(source.ip(), "")));
    }

    private String creation(TaskSpec spec) {
        var body = spec.create();
        var target = Boolean.TRUE.equals(body.existServer())
                ? "onto the existing server " + body.targetServer().vmId()
                : "from template " + body.vmTemplateId();
        var disks = body.targetServer().disks() == null
                ? 0
                : body.targetServer().disks().size();
        var groups = body.targetServer().volumeGroups() == null
                ? 0
                : body.targetServer().volumeGroups().size();
        return "create task %s (%s, %s, %s, %s), start it, %s"
                .formatted(
                        body.name(),
                        body.type(),
                        target,
                        Plural.of(disks, "disk"),
                        Plural.of(groups, "volume group"),
                        launchText(spec.row()));
    }

    private String launchText(InventoryRow row) {
        var prerequisites = prerequisites(row);
        return switch (job.cutover().when()) {
            case AUTO ->
                "SMS launches the target when the copy ends"
                        + (prerequisites.isEmpty() ? "" : "; the copy starts after " + prerequisites);
            case SYNCED ->
                "launch the target as soon as it is in sync"
                        + windowText(row)
                        + (prerequisites.isEmpty() ? "" : ", after " + prerequisites);
            case MANUAL -> "keep it in sync until an operator launches it";
        };
    }

    private String windowText(InventoryRow row) {
        var names = job.cutover().windows().of(row.waveName(), row.cutoverWindow()).stream()
                .map(CutoverSettings.Window::name)
                .toList();
        var window = names.isEmpty()
                ? ""
                : names.get(0).isEmpty()
                        ? " and the window is open"
                        : " and window %s is open".formatted(String.join(" or ", names));
        return row.cutoverAt() == null ? window : window + ", not before " + row.value(Column.CUTOVER_AT);
    }

    /** Prerequisites of the launch: servers, then waves; empty without any. */
    private String prerequisites(InventoryRow row) {
        return Stream.concat(
                        row.dependsOn().stream(),
                        job.after().getOrDefault(row.waveName(), List.of()).stream()
                                .map(wave -> "wave " + wave))
                .collect(Collectors.joining(", "));
    }

    /** Adds the speed limits by time of day: the runner sets them before a start and leaves a running task unchanged. */
    private static PlannedRow withSpeedLimits(PlannedRow planned) {
        if (planned.row().limitsSpeedByTime() && planned.step() == Step.ADOPT) {
            return planned.withDetail(planned.detail() + "; its speed limits by time of day stay unchanged");
        }
        if (!planned.row().limitsSpeedByTime() || !STARTING_STEPS.contains(planned.step())) {
            return planned;
        }
        return planned.withDetail("%s; before the start: speed limits by time of day %s"
                .formatted(planned.detail(), planned.row().value(Column.SPEED_LIMIT_RULES)));
    }
}
