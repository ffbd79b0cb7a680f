package dev.waybill.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Markdown documents of a folder, and which of their links lead nowhere. */
public final class MarkdownLinks {

    private static final Pattern FENCED = Pattern.compile("(?ms)^ *(```+|~~~+).*?^ *\\1 *$");
    private static final Pattern CODE = Pattern.compile("(?s)(`+)(?:(?!\n\n).)+?\\1(?!`)");
    private static final Pattern INLINE = Pattern.compile("]\\(\\s*<?([^)>\\s]*)>?(?:\\s+\"[^\"]*\")?\\s*\\)");
    private static final Pattern REFERENCE = Pattern.compile("(?m)^ {0,3}\\[[^\\]]+]:\\s*<?([^\\s>]+)");
    private static final Pattern AUTOMATIC = Pattern.compile("<(https?:[^>]*)>");
    private static final Pattern HTML = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*?)(?: +#+)? *$");
    private static final Pattern NAMED = Pattern.compile("<a (?:id|name)=\"([^\"]+)\"");
    private static final Pattern WORDS_OF_LINK = Pattern.compile("\\[([^\\]]*)]\\([^)]*\\)");

    private MarkdownLinks() {}

    /** All {@code *.md} below a folder, sorted; without what tools make there, and what is hidden. */
    public static List<Path> documents(Path root) throws IOException {
        Set<Path> found = new TreeSet<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                boolean foreign = Set.of("target", "node_modules").contains(name) || name.startsWith(".");
                return foreign && !folder.equals(root) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".md")) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return List.copyOf(found);
    }

    /**
     * What is wrong with a document's links. Of {@code http} and {@code https} the syntax alone is checked: what others
     * serve is no reason for a build to fail.
     *
     * @param root links must not lead out of it
     */
    public static List<String> broken(Path root, Path document) throws IOException {
        List<String> problems = new ArrayList<>();
        for (String target : targets(document)) {
            String problem = problem(root, document, target);
            if (!problem.isEmpty()) {
                problems.add("%s: (%s) %s".formatted(document, target, problem));
            }
        }
        return problems;
    }

    /** Where the links of a document lead, as they stand there; not those that are shown as code. */
    public static List<String> targets(Path document) throws IOException {
        String prose = CODE.matcher(FENCED.matcher(Files.readString(document)).replaceAll(""))
                .replaceAll("");
        List<String> targets = new ArrayList<>();
        for (Pattern pattern : List.of(INLINE, REFERENCE, AUTOMATIC, HTML)) {
            pattern.matcher(prose).results().forEach(link -> targets.add(link.group(1)));
        }
        return targets;
    }

    private static String problem(Path root, Path document, String target) throws IOException {
        URI uri;
        try {
            uri = new URI(target);
        } catch (URISyntaxException e) {
            return "is no URL: " + e.getReason();
        }
        if (uri.getScheme() != null) {
            boolean complete = Set.of("http", "https").contains(uri.getScheme()) && uri.getHost() != null;
            return complete || "mailto".equals(uri.getScheme()) ? "" : "is no URL of a page";
        }
        String path = uri.getPath();
        if (target.isEmpty() || path.startsWith("/")) {
            return "is not relative to the document";
        }
        Path file = path.isEmpty()
                ? document.toAbsolutePath()
                : document.resolveSibling(path).toAbsolutePath();
        if (!file.normalize().startsWith(root.toAbsolutePath().normalize())) {
            return "leads out of the repository";
        }
        if (!Files.exists(file)) {
            return "is not there";
        }
        return uri.getFragment() == null || anchors(file).contains(uri.getFragment())
                ? ""
                : "has no heading of that name";
    }

    /** As GitHub names headings: lower case, blanks become hyphens, other punctuation goes, a number tells equals apart. */
    private static Set<String> anchors(Path file) throws IOException {
        Set<String> anchors = new HashSet<>();
        if (!file.toString().endsWith(".md")) {
            return anchors;
        }
        String text = FENCED.matcher(Files.readString(file)).replaceAll("");
        Map<String, Integer> times = new HashMap<>();
        Matcher heading = HEADING.matcher(text);
        while (heading.find()) {
            String anchor = WORDS_OF_LINK
                    .matcher(heading.group(1))
                    .replaceAll("$1")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{M}\\p{N}_\\- ]", "")
                    .replace(' ', '-');
            int before = times.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        NAMED.matcher(text).results().forEach(named -> anchors.add(named.group(1)));
        return anchors;
    }
}
