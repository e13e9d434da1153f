package dev.smsrunner.cli;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Version text of {@code --version}, from the build info. */
final class Version implements IVersionProvider {

    private static final String RECORD = "/META-INF/build-info.properties";

    @Override
    public String[] getVersion() throws IOException {
        var build = new Properties();
        try (var stream = Version.class.getResourceAsStream(RECORD)) {
            if (stream != null) {
                build.load(stream);
            }
        }
        return new String[] {
            "sms-runner " + build.getProperty("build.version", "(not built as a package)"),
            "Java %s (%s)".formatted(System.getProperty("java.version"), System.getProperty("java.vendor"))
        };
    }
}
