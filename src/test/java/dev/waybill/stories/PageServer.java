package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Workspace;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The website of docs/browser.md, word for word: its server under node, on a free port, and the page that it serves. */
final class PageServer implements AutoCloseable {

    /** Each begins with a comment that names its file. */
    private static final Pattern FILE = Pattern.compile(
            "```(?:javascript|html)\n(?://|<!--) (\\S+\\.(?:mjs|js|html))(?: -->)?\n(.*?)```", Pattern.DOTALL);

    private final Process node;
    private final URI address;

    private PageServer(Process node, URI address) {
        this.node = node;
        this.address = address;
    }

    /** @param folder an empty one, for the site */
    static PageServer start(Path folder, ServiceUnderTest service, Workspace workspace) throws Exception {
        return serve(site(folder), service, workspace);
    }

    /**
     * @param folder an empty one, for the site
     * @param packages the folder whose package-lock.json has the packages
     * @param script the page's script, which needs them
     */
    static PageServer bundled(Path folder, Path packages, String script, ServiceUnderTest service, Workspace workspace)
            throws Exception {
        Path modules = packages.resolve("node_modules").toAbsolutePath();
        assumeTrue(
                Files.isDirectory(modules),
                "%s is missing: npm ci --ignore-scripts in %s".formatted(modules, packages));
        site(folder);
        // A person would have a button of Uppy's for its retry.
        Files.writeString(folder.resolve(script), "window.uppy = uppy;\n", StandardOpenOption.APPEND);
        bundle(folder, modules, script);
        return serve(folder, service, workspace);
    }

    private static Path site(Path folder) throws Exception {
        assumeTrue(hasNode(), "node is not on the PATH: the scripts of docs/browser.md are not run");
        Map<String, String> files = FILE.matcher(Files.readString(Path.of("docs", "browser.md")))
                .results()
                .collect(Collectors.toMap((MatchResult file) -> file.group(1), file -> file.group(2)));
        assertThat(files).containsKeys("server.mjs", "public/index.html", "public/page.js", "uppy-6.js", "uppy-5.js");
        Files.createDirectories(folder.resolve("public"));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        return folder;
    }

    private static PageServer serve(Path folder, ServiceUnderTest service, Workspace workspace) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("node", "server.mjs")
                .directory(folder.toFile())
                .redirectError(folder.resolve("errors.txt").toFile());
        builder.environment()
                .putAll(Map.of(
                        "WAYBILL", service.base().toString(),
                        "KEY", ServiceUnderTest.API_KEY,
                        "NAMESPACE", workspace.namespace(),
                        "BUCKET", workspace.bucket(),
                        "PORT", "0"));
        Process node = builder.start();
        BufferedReader said = node.inputReader();
        String line = said.readLine();
        if (line == null) {
            node.destroyForcibly();
            return fail("server.mjs did not start: " + Files.readString(folder.resolve("errors.txt")));
        }
        return new PageServer(node, URI.create(line));
    }

    /** As the page says, with the packages of another folder. */
    private static void bundle(Path folder, Path modules, String script) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        modules.resolve(".bin").resolve("esbuild").toString(),
                        script,
                        "--bundle",
                        "--format=esm",
                        "--outfile=public/page.js")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("NODE_PATH", modules.toString());
        int status = builder.start().waitFor();
        assertThat(status).as(Files.readString(output)).isZero();
    }

    private static boolean hasNode() throws InterruptedException {
        try {
            return new ProcessBuilder("node", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where the page is. */
    URI address() {
        return address;
    }

    @Override
    public void close() {
        node.destroyForcibly();
    }
}
