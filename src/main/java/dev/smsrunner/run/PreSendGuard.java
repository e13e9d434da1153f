package dev.smsrunner.run;

import dev.smsrunner.cloud.CallCancellation;
import dev.smsrunner.cloud.CloudRequest;
import dev.smsrunner.cloud.MutationGate;
import dev.smsrunner.cloud.ServiceClock;
import dev.smsrunner.intent.CallWithheldException;
import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.run.lease.RunLease;
import dev.smsrunner.sms.TaskAction;
import java.time.Clock;

/** Check right before a mutating call is sent, since the call may have been queued for minutes after its decision. */
public record PreSendGuard(
        StopSignal stopSignal, RunLease lease, CutoverSettings cutover, Clock clock, CallCancellation cancellation)
        implements MutationGate {

    @Override
    public void check(CloudRequest request) {
        if (stopSignal.isRequested()) {
            throw new CallWithheldException("the run was stopped");
        }
        if (isExpired(request)) {
            throw new CallWithheldException("the decision is too old; polling again first");
        }
        if (clock instanceof ServiceClock ours && ours.isUntrusted()) {
            throw new CallWithheldException(
                    "the system clock jumped or the machine was suspended; polling again first");
        }
        if (request.operation().equals(TaskAction.LAUNCH.call())
                && !cutover.windows().isAnyOpenAt(clock.instant())) {
            throw new CallWithheldException("the window is closed");
        }
        lease.check();
    }

    @Override
    public boolean isExpired(CloudRequest request) {
        return request.deadline() != null && !clock.instant().isBefore(request.deadline());
    }
}
