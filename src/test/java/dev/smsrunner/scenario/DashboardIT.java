package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.support.Browser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The live page in a real browser, with a real run and with a ledger of 5,000 servers. */
class DashboardIT extends ScenarioTest {

    private static final int SERVERS = 5_000;
    private static final String ROW = ".grid-room [role=row]:not([hidden])";
    private static final String ROWS = "document.querySelectorAll('" + ROW + "')";
    private static final String LAST =
            "(document.querySelector('%s[aria-rowindex=\"2\"]')?.textContent ?? '')".formatted(ROW);
    private static final String FOUND = "document.querySelector('.found').textContent";
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/#\\S+");
    private static final Pattern ADDRESS_FILE = Pattern.compile("open the address in .*: it contains the token");

    @TempDir
    private static Path shared;

    private static @Nullable Browser sharedBrowser;
    private static @Nullable LargeRun sharedRun;

    private Browser browser = sharedBrowser;
    private LargeRun largeRun = sharedRun;

    @BeforeAll
    static void open() throws IOException {
        sharedBrowser = Browser.open(shared.resolve("profile"));
        sharedRun = LargeRun.of(SERVERS, shared.resolve("data"));
    }

    @AfterAll
    static void closeAll() {
        if (sharedRun != null) {
            sharedRun.close();
        }
        if (sharedBrowser != null) {
            sharedBrowser.close();
        }
    }

    @BeforeEach
    void resetBrowser() {
        browser.forget();
        browser.size(1366, 768);
        browser.dark(false);
        browser.go("about:blank");
        browser.consoleMessages();
        browser.hosts();
    }

    @AfterEach
    void noOtherHostWasRequestedAndNoErrorLogged() {
        assertThat(browser.hosts()).allMatch(host -> host.startsWith("127.0.0.1:") || host.equals("about"));
        assertThat(browser.consoleMessages()).isEmpty();
    }

    @Test
    void rowsAndCountsOfARunOf200ServersUpdateWithoutReload() {
        var scenario = scenario(200).job("limits.concurrent", "25").prepare();

        try (var child =
                ChildProcess.start(scenario, "run", scenario.jobFile().toString(), "--json", "--dashboard=0")) {
            var first = address(child.until("it prints its address", () -> child.hasPrinted("it contains the token)")));
            browser.go(first);
            browser.until("the first are through", "/^[1-9]\\d*.200 Running/.test(document.title)");
            submitAndConfirm("Pause starts", "Pause starts and launches");
            browser.script("window.sameDocument = true; location.hash = location.hash.replace('overview', 'servers')");
            assertThat(browser.address()).doesNotContain(URI.create(first).getFragment());
            browser.until("the table is there", "document.querySelector('[data-sort=row] button')");
            browser.click("[data-sort=row] button");
            browser.until("the last row waits", LAST + ".includes('Task ready')");

            submitAndConfirm("Resume starts", "Resume starts");
            browser.until("its row shows Migrated", LAST + ".includes('Migrated')");
            browser.until("the run is over", "document.title.startsWith('200/200 Finished')");

            var result = child.awaitEnd().exits(0);
            assertThat(browser.value("window.sameDocument")).isEqualTo(true);
            assertThat(result.outcomes()).containsExactly(Map.entry("MIGRATED", 200));
            assertThat(countsOnThePage()).isEqualTo("200 of 200 servers ended; 200 reached the goal, 0 failed");
            assertThat(result.controls()).containsExactly("PAUSE DONE", "RESUME DONE");
        }
    }

    /** Without a terminal the token is in an owner-only file. */
    private static String address(ChildProcess child) {
        assertThat(child.stderr()).doesNotContainPattern(ADDRESS);
        var file = Path.of(child.firstMatch(ADDRESS_FILE).replaceAll("^.* in |: it contains.*$", ""));
        try {
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            return Files.readString(file).strip();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private void submitAndConfirm(String button, String confirm) {
        browser.press(button);
        browser.press(confirm);
        browser.until(
                "it is answered", "!document.querySelector('dialog .answer').textContent.startsWith('Requested')");
        assertThat(browser.text("dialog .answer")).startsWith("Done");
        browser.press("Close");
    }

    private String countsOnThePage() {
        browser.script("location.hash = location.hash.replace('servers', 'overview')");
        browser.until("the overview", "document.querySelector('.tiles b')");
        return "%s servers ended; %s reached the goal, %s failed"
                .formatted(
                        browser.text(".closed").replace(" servers ended", ""),
                        browser.text(".tiles li:nth-child(1) b"),
                        browser.text(".tiles li:nth-child(2) b"));
    }

    @Test
    void withoutTheTokenNoDataIsShown() {
        browser.go(largeRun.view("servers"));
        browser.until(
                "the page shows the next step",
                "document.body.textContent.includes('Open the address that the terminal printed')");

        assertThat(browser.text("body")).doesNotContain("app-0", "wave-", "20261121");
        assertThat(browser.consoleMessages()).allMatch(text -> text.contains("401"));
    }

    @Test
    void fiveThousandServersAnswerWithinASecond() {
        openView("servers");
        var times = new ArrayList<Double>();

        times.add(browser.milliseconds(search("app-04999"), FOUND + " === '1 of 5,000 servers'"));
        times.add(browser.milliseconds(search(""), FOUND + " === '5,000 servers'"));
        times.add(browser.milliseconds("document.querySelector('[data-sort=name] button').click()", isSorted("name")));
        times.add(
                browser.milliseconds("document.querySelector('[data-sort=since] button').click()", isSorted("since")));
        times.add(browser.milliseconds(select("wave", "wave-3"), FOUND + " === '417 of 5,000 servers'"));
        times.add(browser.milliseconds(select("wave", ""), FOUND + " === '5,000 servers'"));
        times.add(browser.milliseconds(
                "document.querySelector('.grid-body').scrollTop = 1e9",
                "[...%s].some(row => row.getAttribute('aria-rowindex') === '5001')".formatted(ROWS)));
        times.add(browser.milliseconds(
                "location.hash = location.hash.replace('servers', 'overview')", "document.querySelector('.tiles')"));
        times.add(browser.milliseconds(
                "location.hash = location.hash.replace('overview', 'servers')", "document.querySelector('.grid')"));

        assertThat(times).allMatch(time -> time < 1_000);
        assertThat(browser.number(ROWS + ".length")).isLessThan(60);
    }

    private static String search(String text) {
        return "const q = document.querySelector('input[name=q]'); q.focus(); q.value = '%s'; q.dispatchEvent(new Event('input'))"
                .formatted(text);
    }

    private static String select(String field, String value) {
        return "const s = document.querySelector('select[name=%s]'); s.value = '%s'; s.dispatchEvent(new Event('change'))"
                .formatted(field, value);
    }

    private static String isSorted(String column) {
        return "document.querySelector('[data-sort=%s]').getAttribute('aria-sort') === 'ascending'".formatted(column);
    }

    @Test
    void changeOfTheLedgerIsShownWithoutReload() {
        openView("servers");
        browser.retype("input[name=q]", "app-00106");
        browser.until("it is found", FOUND + ".startsWith('1 of')");
        assertThat(browser.text(ROW)).contains("Replicating");

        largeRun.migrate(106);

        browser.until(
                "the row shows Migrated",
                "document.querySelector('%s').textContent.includes('Migrated')".formatted(ROW));
    }

    @Test
    void tableIsFilteredByKeyboardAndKeepsItsAddress() {
        openView("servers");
        browser.script(select("outcome", "FAILED"));
        browser.script(select("wave", "wave-2"));
        browser.until("few are left", FOUND + " === '84 of 5,000 servers'");
        browser.reload(browser.address());
        browser.until(
                "the same are left", "document.querySelector('.found') && " + FOUND + " === '84 of 5,000 servers'");

        browser.type(".grid", Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ENTER);
        browser.until(
                "a server is shown", "!document.getElementById('drawer').hidden && document.querySelector('.trouble')");
        var name = browser.text("#drawer-name");
        assertThat(name).startsWith("app-").isEqualTo(browser.text("[aria-selected=true] .c-name"));
        assertThat(browser.text(".trouble")).contains("SMS.6617", "What to do: Use MIGRATE_FILE.");

        browser.type("#drawer-name", Keys.ESCAPE);
        browser.until("it is closed", "document.getElementById('drawer').hidden");
        assertThat(browser.value("document.activeElement.getAttribute('role')")).isEqualTo("grid");
        browser.script("document.querySelector('#only-attention').click()");
        browser.until("no failed row needs attention", FOUND + " === '0 of 5,000 servers'");
        browser.press("Show all servers");
        browser.until("all are there again", FOUND + " === '5,000 servers'");
    }

    @Test
    void timelineOfAServerHasEventsCallsAndServiceStates() {
        openView("servers?row=20");
        browser.until("the timeline", "document.querySelector('.timeline li')");

        assertThat(browser.text(".timeline")).contains("CREATE", "DONE", "request-20", "RUNNING", "REPLICATE", "UTC");
        assertThat(browser.text(".calls")).contains("CREATE", "HTTP 200", "source-20", "answered after 0.3 s");
        assertThat(browser.text(".cells")).contains("owner_email", "platform@customer.example", "<b>bold</b>");
        assertThat(browser.text(".drawer-body")).contains("Task state", "RUNNING", "REPLICATE", "task-20");
    }

    @Test
    void hostileNamesAreInert() {
        openView("servers");
        for (int row = 1; row <= LargeRun.HOSTILE.size(); row++) {
            browser.script("location.hash = location.hash.split('?')[0] + '?row=%d'".formatted(row));
            browser.until(
                    "row " + row,
                    "document.querySelector('.cells') && document.querySelector('#drawer-name').textContent === document.querySelector('[aria-rowindex=\"%d\"] .c-name bdi').textContent"
                            .formatted(row + 1));
        }

        assertThat(browser.value("window.hacked === undefined")).isEqualTo(true);
        assertThat(
                        browser.number(
                                "document.querySelectorAll('main script, main img, #drawer script, #drawer img, svg[onload]').length"))
                .isZero();
        assertThat(browser.value(
                        "[...%s].slice(0, 8).map(row => row.querySelector('.c-name bdi').textContent)".formatted(ROWS)))
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .contains(
                        LargeRun.HOSTILE.get(0),
                        "safe\u27E8U+202E\u27E9gpj.exe",
                        "bell\u27E8U+0007\u27E9and\u27E8U+001B\u27E9[31mred");
        assertThat(browser.value("getComputedStyle(document.querySelector('.c-name bdi')).unicodeBidi"))
                .isEqualTo("isolate");
    }

    @Test
    void allTextHasEnoughContrastInBothThemes() {
        openView("overview");
        for (boolean dark : List.of(false, true)) {
            browser.dark(dark);
            for (var tab : List.of("overview", "servers?row=3", "problems", "asked")) {
                browser.go(largeRun.view(tab));
                browser.until(
                        tab,
                        "document.querySelector('main').dataset.view === '%s'".formatted(tab.replaceAll("\\?.*", "")));
                assertThat(browser.value(TextContrast.POOR))
                        .as("%s, dark: %s", tab, dark)
                        .isEqualTo(List.of());
            }
        }
        assertThat(browser.value("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(15, 20, 27)");

        browser.click("[aria-label='Switch to the light theme']");
        assertThat(browser.value("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(243, 245, 248)");
        browser.click("[aria-label='Switch to the dark theme']");
    }

    @Test
    void narrowScreenHasNoHorizontalScroll() {
        browser.size(375, 812);
        openView("overview");
        for (var tab : List.of("overview", "servers", "servers?row=3", "problems", "asked")) {
            browser.go(largeRun.view(tab));
            browser.until(
                    tab, "document.querySelector('main').dataset.view === '%s'".formatted(tab.replaceAll("\\?.*", "")));
            assertThat(browser.number("document.documentElement.scrollWidth"))
                    .as(tab)
                    .isLessThanOrEqualTo(375);
        }
        browser.go(largeRun.view("servers"));
        browser.until("cards", "document.querySelector('%s')".formatted(ROW));
        assertThat(browser.number("document.querySelector('%s').getBoundingClientRect().right".formatted(ROW)))
                .isLessThanOrEqualTo(375);
        assertThat(browser.text(ROW)).contains("script");
    }

    @Test
    void disconnectIsShownAndNextProcessNeedsItsOwnToken() throws IOException {
        openView("overview");
        browser.until("it is live", "document.querySelector('.link').textContent === 'Live'");

        largeRun.stopPage();
        browser.until(
                "the page is disconnected", "document.querySelector('.link').textContent.startsWith('Disconnected')");
        assertThat(browser.text(".banner")).contains("retries automatically", "old");
        assertThat(browser.text(".closed")).contains("of 5,000 servers");

        largeRun.restartPage();
        browser.until(
                "the old token is invalid",
                "document.body.textContent.includes('Open the address that the terminal printed')");
        openView("overview");
        assertThat(browser.consoleMessages())
                .allMatch(text ->
                        text.contains("ERR_CONNECTION") || text.contains("ERR_INCOMPLETE") || text.contains("401"));
    }

    /** Opens a view with the session of the address on the terminal. */
    private void openView(String tab) {
        browser.go(largeRun.address());
        browser.until("the page has opened", "document.querySelector('.tiles')");
        browser.go(largeRun.view(tab));
        browser.until(
                tab, "document.querySelector('main').dataset.view === '%s'".formatted(tab.replaceAll("\\?.*", "")));
    }
}
