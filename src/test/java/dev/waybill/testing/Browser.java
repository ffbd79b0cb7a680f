package dev.waybill.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The machine's Chromium, headless: what {@code WAYBILL_TEST_CHROMIUM} names, else the first on the PATH. None is
 * downloaded. It belongs to the thread that started it.
 *
 * <pre>{@code
 * try (Browser browser = Browser.start()) {
 *     Page page = browser.open(service.base().resolve("/docs"));
 * }
 * }</pre>
 */
public final class Browser implements AutoCloseable {

    private static final String SETTING = "WAYBILL_TEST_CHROMIUM";
    private static final int PATIENCE_MS = 30_000;

    private final Playwright playwright;
    private final BrowserContext context;
    private final List<String> errors = new ArrayList<>();

    private Browser(Playwright playwright, BrowserContext context) {
        this.playwright = playwright;
        this.context = context;
        context.onWebError(thrown -> errors.add(thrown.error()));
        context.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add(message.text());
            }
        });
    }

    /** Where there is no Chromium, the test is skipped. */
    public static Browser start() {
        Optional<Path> chromium = chromium();
        assumeTrue(chromium.isPresent(), "no Chromium: %s and the PATH name none".formatted(SETTING));
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        try {
            BrowserContext context = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions().setExecutablePath(chromium.get()))
                    .newContext(new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(1280, 1600));
            context.setDefaultTimeout(PATIENCE_MS);
            context.setDefaultNavigationTimeout(PATIENCE_MS);
            return new Browser(playwright, context);
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    /** A new tab; it shares cookies and storage with the others of this browser. */
    public Page open(URI address) {
        Page page = context.newPage();
        page.navigate(address.toString());
        return page;
    }

    /** What the console shows in red: uncaught exceptions, what a policy forbids, answers from 400 on. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    /** Saves what of the page can be seen as {@code target/pictures/<name>.png}, for people to look at. */
    public static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "pictures", name + ".png")));
    }

    /** Ends Chromium too. */
    @Override
    public void close() {
        playwright.close();
    }

    private static Optional<Path> chromium() {
        String named = System.getenv(SETTING);
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named));
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
                .flatMap(name ->
                        Stream.of(path.split(Pattern.quote(File.pathSeparator))).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
