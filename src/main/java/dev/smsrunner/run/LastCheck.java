package dev.smsrunner.run;

import dev.smsrunner.act.Decided;
import dev.smsrunner.act.Halt;
import dev.smsrunner.act.NotNowException;
import dev.smsrunner.cloud.CallsEnd;
import dev.smsrunner.cloud.MutationGate;
import dev.smsrunner.cloud.ServiceClock;
import dev.smsrunner.jobfile.Cutover;
import dev.smsrunner.sms.TaskAction;
import java.time.Clock;

/** Asked right before a change is sent: since it was decided it may have waited minutes for its turn. */
record LastCheck(Halt halt, RunLease lease, Cutover cutover, Clock clock, CallsEnd end) implements MutationGate {

    @Override
    public void check(String operation) {
        if (halt.wanted()) {
            throw new NotNowException("the run was stopped");
        }
        if (tooLate()) {
            throw new NotNowException("it was decided too long ago; looking again first");
        }
        if (clock instanceof ServiceClock ours && ours.unsure()) {
            throw new NotNowException("the clock of this machine was set, or it has slept; looking again first");
        }
        var window = cutover.window();
        if (window != null && operation.equals(TaskAction.LAUNCH.call()) && !window.isOpenAt(clock.instant())) {
            throw new NotNowException("the window is closed by now");
        }
        lease.check();
    }

    @Override
    public boolean tooLate() {
        return Decided.tooLongAgo(clock.instant());
    }
}
