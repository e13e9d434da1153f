package dev.smsrunner.run;

import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.InventoryReader;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.inventory.Plural;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.JobKind;
import dev.smsrunner.preflight.AutoLaunchCheck;
import dev.smsrunner.preflight.MigratePreflightResult;
import dev.smsrunner.preflight.PlannedResult;
import dev.smsrunner.preflight.Preflight;
import dev.smsrunner.preflight.SourceFacts;
import dev.smsrunner.run.PlannedRow.Step;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.target.RowTarget;
import dev.smsrunner.task.TaskSpec;
import dev.smsrunner.task.TaskSpecFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import tools.jackson.databind.json.JsonMapper;

/** Plans a run with the same preflight and task specification that the run uses; read-only. */
public final class Planner {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Set<Step> MIGRATE_STEPS = EnumSet.complementOf(EnumSet.of(Step.SEND));
    private static final Set<Step> STARTING_STEPS = EnumSet.of(Step.CREATE, Step.UPDATE, Step.START);
    private static final Set<Step> OTHER_STEPS = EnumSet.of(Step.SEND, Step.SKIP, Step.REJECT);

    private final JobFile job;
    private final SmsApi sms;
    private final Preflight preflight;

    private Planner(JobFile job, String sha256, SmsApi sms) {
        this.job = job;
        this.sms = sms;
        this.preflight = Preflight.load(
                sms,
                AutoLaunchCheck.of(job),
                new InventorySourceIds(each -> eachRow(job, sha256, row -> each.accept(row.cells()))),
                each -> eachRow(job, sha256, each));
    }

    /**
     * Plans the job row by row, without keeping the rows.
     *
     * @param sha256 of the checked inventory
     * @param each receives the rows in inventory order
     */
    public static PlanSummary of(
            JobFile job, String sha256, CloudAccess.Session session, Clock clock, Consumer<PlannedRow> each) {
        if (job.job() == JobKind.MIGRATE) {
            var planner = new Planner(job, sha256, session.sms());
            var unlaunchable = new UnlaunchableRows(!job.cutover().isLaunchedByCall());
            var plan = rows(
                    job,
                    sha256,
                    MIGRATE_STEPS,
                    row -> withSpeedLimits(planner.plan(planner.preflight.examine(row))),
                    planned -> {
                        unlaunchable.add(planned);
                        each.accept(planned);
                    });
            return new PlanSummary(plan.rows(), unlaunchable.warnings());
        }
        var examiner = new BulkJobs(job, session, clock).examiner();
        return rows(job, sha256, OTHER_STEPS, row -> planned((PlannedResult) examiner.examine(row)), each);
    }

    private static PlanSummary rows(
            JobFile job,
            String sha256,
            Set<Step> steps,
            Function<InventoryRow, PlannedRow> plan,
            Consumer<PlannedRow> each) {
        var counts = new EnumMap<Step, Integer>(Step.class);
        steps.forEach(step -> counts.put(step, 0));
        eachRow(job, sha256, row -> {
            var planned = plan.apply(row);
            counts.merge(planned.step(), 1, Integer::sum);
            each.accept(planned);
        });
        return new PlanSummary(counts, List.of());
    }

    private static void eachRow(JobFile job, String sha256, Consumer<InventoryRow> each) {
        var reader = new InventoryReader(job.inventory(), job.defaults(), sha256);
        reader.open(new ExecutionContext());
        try {
            for (InventoryRow row = reader.read(); row != null; row = reader.read()) {
                each.accept(row);
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        } finally {
            reader.close();
        }
    }

    private static PlannedRow planned(PlannedResult result) {
        var rejection = result.rejection();
        var nothing = result.nothingToDo();
        return new PlannedRow(
                result.row(),
                rejection.isPresent() ? Step.REJECT : nothing.isPresent() ? Step.SKIP : Step.SEND,
                result.sourceId(),
                result.taskId(),
                null,
                rejection.or(() -> nothing).orElseGet(result::plannedChange),
                result.warnings());
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

    private PlannedRow plan(MigratePreflightResult examined) {
        if (examined.rejection().isPresent()) {
            return planned(examined, Step.REJECT, examined.rejection().get());
        }
        if (examined.nothingToDo().isPresent()) {
            return planned(examined, Step.SKIP, examined.nothingToDo().get());
        }
        var source = Objects.requireNonNull(examined.source());
        var spec = TaskSpecFactory.of(
                examined.row(),
                Objects.requireNonNull(source.id()),
                SourceFacts.of(examined.row(), source, Objects.requireNonNull(examined.layout())),
                job.cutover().isLaunchedByCall());
        var task = examined.taskId();
        return task == null ? planned(examined, Step.CREATE, creation(spec)) : existing(examined, task, spec);
    }

    private PlannedRow existing(MigratePreflightResult examined, String taskId, TaskSpec spec) {
        var current = sms.showTask(taskId);
        if (!current.taskState().isStartable()) {
            return planned(examined, Step.ADOPT, "watch task %s, which is %s".formatted(current.id(), current.state()));
        }
        return differs(examined, current, spec)
                ? planned(
                        examined,
                        Step.UPDATE,
                        "update task %s: %s, then start it".formatted(current.id(), fields(spec, examined)))
                : planned(examined, Step.START, "start task %s unchanged".formatted(current.id()));
    }

    /** Whether the task differs from the row, by the comparison of the run. A task without its source counts as different. */
    private static boolean differs(MigratePreflightResult examined, MigrationTask task, TaskSpec spec) {
        var current = Objects.requireNonNull(examined.source()).currentTask();
        if (current == null || spec.differsFrom(task)) {
            return true;
        }
        var compared = spec.rowTarget().compare(current, task.migrationIp());
        return !compared.differences().isEmpty() || !compared.complete();
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

    /** Prerequisites of the launch: servers, then waves; empty without any. */
    private String prerequisites(InventoryRow row) {
        return Stream.concat(
                        row.dependsOn().stream(),
                        job.after().getOrDefault(row.waveName(), List.of()).stream()
                                .map(wave -> "wave " + wave))
                .collect(Collectors.joining(", "));
    }

    private String launchText(InventoryRow row) {
        var prerequisites = prerequisites(row);
        return switch (job.cutover().when()) {
            case AUTO ->
                "SMS launches the target when the copy ends"
                        + (prerequisites.isEmpty() ? "" : "; the copy starts after " + prerequisites);
            case SYNCED ->
                "launch the target as soon as it is in sync"
                        + (job.cutover().window() == null ? "" : " and the window is open")
                        + (prerequisites.isEmpty() ? "" : ", after " + prerequisites);
            case MANUAL -> "keep it in sync until an operator launches it";
        };
    }

    private static String fields(TaskSpec spec, MigratePreflightResult examined) {
        var source = Objects.requireNonNull(examined.source());
        return JSON.writeValueAsString(spec.update(Objects.requireNonNullElse(source.ip(), "")));
    }

    private static PlannedRow planned(MigratePreflightResult examined, Step step, String detail) {
        var source = examined.source();
        var task = source == null ? null : examined.taskId();
        return new PlannedRow(
                examined.row(),
                step,
                source == null ? null : source.id(),
                task,
                RowTarget.of(examined.row()),
                detail,
                examined.warnings());
    }
}
