package dev.smsrunner;

import dev.smsrunner.cli.Cli;
import dev.smsrunner.dashboard.Dashboard;
import java.util.Locale;
import java.util.TimeZone;

/** Hands the words of the command line to the CLI and returns its exit code. */
public final class SmsRunner {

    private SmsRunner() {}

    public static void main(String[] args) {
        prepareTheProcess();
        System.exit(Cli.execute(args));
    }

    /** What has to be set before the first class that reads it is loaded; what the operator set stays. */
    private static void prepareTheProcess() {
        // The job repository orders executions by wall clock without a zone: a change to winter time must not matter.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        preset("user.timezone", "UTC");
        // Digits, calendars and letter case of the operator's language must reach neither a request nor a file.
        Locale.setDefault(Locale.ROOT);
        // Only our own code may send a call a second time.
        preset("jdk.httpclient.disableRetryConnect", "true");
        // The JDK forbids Basic, the login of most proxies, for the tunnel of https; the runner sends it only to the
        // proxy.
        System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        preset("java.awt.headless", "true");
        // The JDK's own log of HTTP would print signatures and tokens; ours names each call without them.
        System.clearProperty("jdk.httpclient.HttpClient.log");
        System.clearProperty("jdk.internal.httpclient.debug");
        Dashboard.presetLimits();
    }

    private static void preset(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
