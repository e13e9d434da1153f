package dev.smsrunner.job;

import dev.smsrunner.dcs.DcsApi;
import dev.smsrunner.sms.SmsApi;

/** Operations of the cloud services, over one connection with one rate limit. */
public interface CloudApis {

    /** Operations of SMS. */
    SmsApi sms();

    /** Operations of DCS; fails when the endpoint belongs to SMS. */
    default DcsApi dcs() {
        throw new IllegalStateException("This session leads to SMS, not to DCS");
    }

    /** Estimated rate limit of the service in calls per second. */
    double callsPerSecond();
}
