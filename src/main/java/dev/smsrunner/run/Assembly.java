package dev.smsrunner.run;

import dev.smsrunner.act.Actor;
import dev.smsrunner.act.Backoff;
import dev.smsrunner.act.Halt;
import dev.smsrunner.act.Refusals;
import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.drive.Drive;
import dev.smsrunner.drive.Policy;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.JobKind;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Owner;
import dev.smsrunner.preflight.LaunchRule;
import dev.smsrunner.preflight.Preflight;
import dev.smsrunner.preflight.PreflightStage;
import dev.smsrunner.task.Specs;
import dev.smsrunner.task.TaskStage;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts together what the steps of one run work with: the one place that knows which parts a job consists of. */
record Assembly(
        Assignment assignment,
        Owner owner,
        Ledger ledger,
        Actor actor,
        Backoff backoff,
        CloudAccess.Session session,
        Halt halt,
        RunListener listener,
        Clock clock) {

    /** A service that is away is waited for so long when rows are never given up. */
    private static final Duration LONG_ENOUGH = Duration.ofDays(3);

    Work work() {
        return job().job() == JobKind.MIGRATE ? migration() : other();
    }

    private Work migration() {
        var job = job();
        var sms = session.sms();
        var rule = LaunchRule.of(job);
        var specs = new Specs(ledger, job.defaults(), job.cutover().launchedByHand(), rule);
        var tasks = new TaskStage(sms, actor, ledger, owner, specs, refusals(), clock);
        var preflight = new PreflightStage(
                ledger,
                owner,
                () -> {
                    tasks.looked();
                    return Preflight.look(sms, rule, idsOfInventory(), this::eachRow);
                },
                job.defaults(),
                clock);
        return work(preflight, tasks, () -> drive(tasks));
    }

    private SourceIds idsOfInventory() {
        return new SourceIds(each -> ledger.inventory(owner.runId()).forEach(line -> each.accept(line.cells())));
    }

    private void eachRow(Consumer<InventoryRow> each) {
        ledger.inventory(owner.runId())
                .forEach(line ->
                        each.accept(InventoryRow.restore(line.row(), line.line(), line.cells(), job().defaults())));
    }

    private Drive drive(TaskStage tasks) {
        var job = job();
        return new Drive(new Drive.Parts(
                session.sms(),
                ledger,
                owner,
                actor,
                tasks,
                Policy.of(job),
                job.defaults(),
                CutoverPlan.recorded(job.settings()),
                job.watch().every(),
                awayLimit(),
                backoff,
                session::callsPerSecond,
                halt,
                clock,
                Assembly::nap));
    }

    private Refusals refusals() {
        return new Refusals(
                backoff, ledger.refusals(owner.runId()), job().watch().giveUpAfter());
    }

    private Work other() {
        var other = new OtherJob(job(), session, clock);
        var preflight = new PreflightStage(ledger, owner, other::examiner, job().defaults(), clock);
        return work(preflight, null, () -> new Drive(pulse(), other.course(ledger, owner, backoff)));
    }

    private Drive.Pulse pulse() {
        return new Drive.Pulse(
                ledger,
                owner,
                actor,
                job().watch().every(),
                awayLimit(),
                backoff,
                session::callsPerSecond,
                halt,
                clock,
                Assembly::nap);
    }

    private Work work(PreflightStage preflight, @Nullable TaskStage tasks, Supplier<Drive> drive) {
        return new Work(
                job().job().word(),
                owner,
                ledger,
                assignment.inventory(),
                job().defaults(),
                preflight,
                tasks,
                drive,
                halt,
                assignment.strict(),
                listener,
                clock);
    }

    private JobFile job() {
        return assignment.job();
    }

    private Duration awayLimit() {
        return Objects.requireNonNullElse(job().watch().giveUpAfter(), LONG_ENOUGH);
    }

    private static void nap(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }
}
