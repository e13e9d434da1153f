package dev.smsrunner.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import tools.jackson.databind.json.JsonMapper;

/**
 * A headless Chromium with a new profile. Without a browser its tests are skipped, or fail with
 * {@code REQUIRE_BROWSER=1} in the environment.
 */
public final class Browser implements AutoCloseable {

    private static final List<String> CHROMIUM =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    private static final List<String> DRIVER =
            List.of("/usr/bin/chromedriver", "/usr/lib/chromium-browser/chromedriver", "/usr/local/bin/chromedriver");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Logger that warns about an unused version of the DevTools protocol. */
    private static final Logger NOISE = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts a browser with an empty profile in the directory, or skips the test. */
    public static Browser open(Path profile) {
        NOISE.setLevel(Level.SEVERE);
        var binary = found("CHROME_BIN", CHROMIUM);
        var service = found("CHROMEDRIVER", DRIVER);
        if (binary.isEmpty() || service.isEmpty()) {
            var missing =
                    "No Chromium with chromedriver found at %s and %s. Set CHROME_BIN and CHROMEDRIVER for other paths."
                            .formatted(CHROMIUM, DRIVER);
            assertThat(System.getenv("REQUIRE_BROWSER"))
                    .as(missing + " REQUIRE_BROWSER=1 requires it.")
                    .isNotEqualTo("1");
            Assumptions.abort(missing + " Install the packages chromium and chromium-driver.");
        }
        return new Browser(new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(service.orElseThrow().toFile())
                        .build(),
                options(binary.orElseThrow(), profile)));
    }

    private static Optional<Path> found(String variable, List<String> usual) {
        return Stream.concat(Stream.ofNullable(System.getenv(variable)), usual.stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static ChromeOptions options(Path binary, Path profile) {
        var options = new ChromeOptions();
        options.setBinary(binary.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + profile);
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        options.setExperimentalOption("perfLoggingPrefs", Map.of("enablePage", false));
        return options;
    }

    /** Opens the address. A change of the fragment alone does not reload the page. */
    public void go(String address) {
        driver.get(address);
    }

    /** Opens the address in a new page. */
    public void reload(String address) {
        driver.get("about:blank");
        driver.get(address);
    }

    public String address() {
        return Objects.requireNonNull(driver.getCurrentUrl());
    }

    /** Sets the viewport size in CSS pixels. */
    public void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Sets the preferred colour scheme. */
    public void dark(boolean on) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", on ? "dark" : "light"))));
    }

    /** Clears the cookies. */
    public void forget() {
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    }

    /** Evaluates an expression in the page. */
    public @Nullable Object value(String expression) {
        return driver.executeScript("return (" + expression + ")");
    }

    /** Evaluates an expression to a number in the page. */
    public double number(String expression) {
        return ((Number) Objects.requireNonNull(value(expression), expression)).doubleValue();
    }

    /** Executes statements in the page. */
    public void script(String statements) {
        driver.executeScript(statements);
    }

    /**
     * Executes statements in the page and waits for a condition and the next paint.
     *
     * @return duration in milliseconds, measured in the page
     */
    public double milliseconds(String statements, String condition) {
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        var script = """
                const done = arguments[arguments.length - 1];
                const start = performance.now();
                %s;
                const poll = () => (%s)
                  ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)))
                  : requestAnimationFrame(poll);
                poll();
                """;
        return ((Number) Objects.requireNonNull(driver.executeAsyncScript(script.formatted(statements, condition))))
                .doubleValue();
    }

    /** Waits until an expression is true in the page. */
    public void until(String what, String expression) {
        await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> Boolean.TRUE.equals(value("Boolean(" + expression + ")")));
    }

    /** The visible text. */
    public String text(String selector) {
        return one(selector).getText();
    }

    public void click(String selector) {
        one(selector).click();
    }

    /** Clicks the visible button with this label, in the open dialog if any. */
    public void press(String label) {
        until(label, "(%s)".formatted(button(label)));
        driver.executeScript(button(label) + ".click()");
    }

    private static String button(String label) {
        return "[...(document.querySelector('dialog[open]') ?? document).querySelectorAll('button')].find(b => b.textContent.trim() === '%s' && b.checkVisibility() && !b.disabled)"
                .formatted(label);
    }

    public void type(String selector, CharSequence... keys) {
        one(selector).sendKeys(keys);
    }

    /** Replaces the value of a field. */
    public void retype(String selector, String text) {
        one(selector).sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
    }

    private WebElement one(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** Console messages since the last call. */
    public List<String> consoleMessages() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    /** Requested hosts with ports since the last call. */
    public TreeSet<String> hosts() {
        var hosts = new TreeSet<String>();
        driver.manage().logs().get(LogType.PERFORMANCE).forEach(entry -> {
            var message = JSON.readTree(entry.getMessage()).path("message");
            if (message.path("method").asString().equals("Network.requestWillBeSent")) {
                var requested = URI.create(
                        message.path("params").path("request").path("url").asString());
                hosts.add(requested.getScheme().startsWith("http") ? requested.getAuthority() : requested.getScheme());
            }
        });
        return hosts;
    }

    @Override
    public void close() {
        driver.quit();
    }
}
