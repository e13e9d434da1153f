package dev.smsrunner.drive;

import dev.smsrunner.act.Actor;
import dev.smsrunner.act.Backoff;
import dev.smsrunner.act.Halt;
import dev.smsrunner.act.Refusals;
import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.jobfile.Cutover;
import dev.smsrunner.ledger.Entry;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Outage;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.preflight.LaunchRule;
import dev.smsrunner.preflight.SourceFacts;
import dev.smsrunner.sms.TargetLayout;
import dev.smsrunner.support.Book;
import dev.smsrunner.support.FakeSms;
import dev.smsrunner.task.Specs;
import dev.smsrunner.task.TaskStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Processes that drive one row of a real ledger over the service in memory; the clock moves as they wait. */
record DriveOfOne(Book book, FakeSms sms, Policy policy, LaunchRule rule, List<Migration> looked) {

    DriveOfOne(Book book, FakeSms sms, Policy policy) {
        this(book, sms, policy, LaunchRule.of(new Cutover(Cutover.When.SYNCED, null)));
    }

    /** The same with a rule for tasks that were there before. */
    DriveOfOne(Book book, FakeSms sms, Policy policy, LaunchRule rule) {
        this(book, sms, policy, rule, new ArrayList<>());
    }

    /** The row, whose task copies. */
    Migration replicating(Map<String, String> cells) {
        var planned = book.plan(List.of(cells)).get(0);
        var now = book.clock().instant();
        var row = planned.matched("source-1", null)
                .withTask("task-1", now)
                .reached(Stage.STARTED, now)
                .withAttempt()
                .reached(Stage.REPLICATING, now);
        var event = EventDraft.ofRow(planned, EventKind.STAGE, "PLANNED", "REPLICATING", null);
        var disks = new TargetLayout(List.of(FakeSms.disk("Disk 0", 10_737_418_240L)), List.of(), List.of());
        var layouts = Map.of(1, new SourceFacts("LINUX", disks).toJson());
        book.ledger().write(book.owner(), List.of(Entry.of(row, List.of(event))), layouts);
        return row;
    }

    /** A process that lives until the halt, or until nothing is left to do. */
    void run(Halt halt, Drive.Nap nap) {
        var clock = book.clock();
        var ledger = new Ledger(
                book.database().source(),
                clock,
                new Outage(Duration.ZERO, System::nanoTime, time -> {}),
                entry -> {},
                looked::addAll);
        var backoff = new Backoff(Duration.ofSeconds(30), new Random(1));
        var actor = new Actor(ledger, book.owner(), Runnable::run, () -> null, () -> 10, clock);
        var specs = new Specs(ledger, Map.of(), true, rule);
        var tasks = new TaskStage(sms, actor, ledger, book.owner(), specs, new Refusals(backoff), clock);
        var parts = new Drive.Parts(
                sms,
                ledger,
                book.owner(),
                actor,
                tasks,
                policy,
                Map.of(),
                CutoverPlan.recorded(Map.of()),
                Duration.ofSeconds(30),
                Duration.ofDays(3),
                backoff,
                () -> 10,
                halt,
                clock,
                nap);
        try {
            new Drive(parts).run();
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
