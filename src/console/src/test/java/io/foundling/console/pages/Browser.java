package io.foundling.console.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;

/** Debian's Chromium without a window, and its driver. Ends with the test. */
final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final String DELIBERATE = "status of 4";

    private final ChromeDriver driver;
    private final String address;

    Browser(int port, Path profile) {
        assumeThat("true".equals(System.getenv("CI")) || Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER))
                .as("chromium and chromium-driver, packages of Debian, are installed")
                .isTrue();
        address = "http://127.0.0.1:" + port;
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
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
        options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .build();
        driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
    }

    void open(String page) {
        driver.get(address + page);
    }

    void look(boolean isDark, int width) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light"))));
    }

    /** Checks what people with other needs would find wrong, and whether the page is wider than the window. */
    void check(String what) {
        assertThat(new AxeBuilder()
                        .analyze(driver).getViolations().stream()
                                .map(rule -> rule.getId() + " " + rule.getNodes())
                                .toList())
                .as(what)
                .isEmpty();
        assertThat((Boolean) driver.executeScript(
                        "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .as(what + " fits its width")
                .isTrue();
        checkLog(what);
    }

    /** Refusals of scripts and styles are there, too. A page that is a problem is logged as one. */
    void checkLog(String what) {
        assertThat(driver.manage().logs().get("browser").getAll().stream()
                        .map(LogEntry::getMessage)
                        .filter(message -> !message.contains(DELIBERATE)))
                .as(what + " logs nothing")
                .isEmpty();
    }

    /** Returns the texts in one step, as the page may change at any time. */
    @SuppressWarnings("unchecked")
    List<String> texts(String selector) {
        return (List<String>) driver.executeScript(
                "return Array.from(document.querySelectorAll(arguments[0]), each => each.innerText)", selector);
    }

    WebElement one(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    String path() {
        return driver.getCurrentUrl().substring(address.length());
    }

    void press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    void tab() {
        press(Keys.TAB);
    }

    String focused() {
        return (String) driver.executeScript(
                "const e = document.activeElement; return e.id || e.className || e.tagName.toLowerCase()");
    }

    void run(String script) {
        driver.executeScript(script);
    }

    /** Returns a number of the window. */
    long number(String name) {
        return (Long) driver.executeScript("return window[arguments[0]]", name);
    }

    /** Marks the window, so that a test sees whether it was loaded anew. */
    void mark() {
        driver.executeScript("window.marked = true");
    }

    boolean isMarked() {
        return (Boolean) driver.executeScript("return window.marked === true");
    }

    /** Logs from restarts of the server are meant. */
    void forgetLog() {
        driver.manage().logs().get("browser");
    }

    @Override
    public void close() {
        driver.quit();
    }
}
