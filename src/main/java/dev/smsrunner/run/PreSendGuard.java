package dev.smsrunner.run;

import dev.smsrunner.cloud.CallCancellation;
import dev.smsrunner.cloud.MutationGate;
import dev.smsrunner.cloud.ServiceClock;
import dev.smsrunner.intent.CallWithheldException;
import dev.smsrunner.intent.DecisionDeadline;
import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.sms.TaskAction;
import java.time.Clock;

/** Asked right before a change is sent: since it was decided it may have waited minutes for its turn. */
record PreSendGuard(
        StopSignal halt, RunLease lease, CutoverSettings cutover, Clock clock, CallCancellation cancellation)
        implements MutationGate {

    @Override
    public void check(String operation) {
        if (halt.wanted()) {
            throw new CallWithheldException("the run was stopped");
        }
        if (isExpired()) {
            throw new CallWithheldException("it was decided too long ago; looking again first");
        }
        if (clock instanceof ServiceClock ours && ours.isUntrusted()) {
            throw new CallWithheldException("the clock of this machine was set, or it has slept; looking again first");
        }
        var window = cutover.window();
        if (window != null && operation.equals(TaskAction.LAUNCH.call()) && !window.isOpenAt(clock.instant())) {
            throw new CallWithheldException("the window is closed by now");
        }
        lease.check();
    }

    @Override
    public boolean isExpired() {
        return DecisionDeadline.tooLongAgo(clock.instant());
    }
}
