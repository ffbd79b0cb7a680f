package dev.waybill.connectors;

import dev.waybill.connectors.ScriptedFiles.Stored;
import dev.waybill.connectors.ScriptedSource.Call;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A source that a script has opened: its calls follow the script's rules. */
final class ScriptedOpening implements Source {

    private final ScriptedSource script;
    private final ScriptedFiles files;
    private final boolean isKnown;
    private boolean closed;

    ScriptedOpening(ScriptedSource script, ScriptedFiles files, boolean isKnown) {
        this.script = script;
        this.files = files;
        this.isKnown = isKnown;
    }

    @Override
    public SourceProfile check(@Nullable SourcePath path) {
        try {
            enter(Call.CHECK, null);
            if (path != null) {
                files.find(path);
            }
            return profile(null, "Everything works");
        } catch (SourceException e) {
            return profile(e.diagnosis(), e.getMessage());
        }
    }

    private SourceProfile profile(@Nullable Diagnosis problem, String message) {
        boolean works = problem == null;
        return new SourceProfile(
                problem,
                message,
                "memory",
                null,
                Duration.ofMillis(1),
                Duration.ZERO,
                null,
                List.of(new SourceProfile.Check("list", works, problem, message)),
                new SourceProfile.Capabilities(
                        works,
                        works,
                        true,
                        true,
                        false,
                        true,
                        true,
                        List.of(SourceContent.Algorithm.MD5),
                        1_000,
                        false,
                        true),
                Map.of(),
                null);
    }

    @Override
    public SourcePage list(SourcePath path, @Nullable String cursor, int max) {
        if (max < 1 || max > 1_000) {
            throw new IllegalArgumentException("a page has 1 to 1000 files");
        }
        enter(Call.LIST, null);
        return files.page(path, cursor, max);
    }

    @Override
    public Optional<SourceFile> find(SourcePath path, String key) {
        enter(Call.LOOK, key);
        return files.find(path, key);
    }

    @Override
    public SourceContent open(SourcePath path, SourceFile file, long from) {
        enter(Call.OPEN, file.key());
        script.opens(file.key());
        Stored stored = files.stored(path, file);
        if (!stored.version().equals(file.version())) {
            throw new SourceException(Diagnosis.CHANGED_DURING_READ, "The file has another version by now");
        }
        if (stored.kind() == SourceFile.Kind.ARCHIVED) {
            throw new SourceException(Diagnosis.ARCHIVED, "The file lies in an archive; restore it first");
        }
        Map<String, String> metadata = new TreeMap<>();
        stored.draft().metadata().forEach((name, value) -> metadata.put(name.toLowerCase(Locale.ROOT), value));
        return new SourceContent(
                script.stream(stored.key(), stored.draft().content(), from),
                stored.draft().content().size() - from,
                stored.draft().contentType(),
                stored.draft().contentEncoding(),
                metadata,
                from == 0 ? stored.checksums() : List.of());
    }

    @Override
    public Map<String, String> tags(SourcePath path, SourceFile file) {
        enter(Call.TAGS, file.key());
        return files.stored(path, file).draft().tags();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            script.leaves();
        }
    }

    private void enter(Call call, @Nullable String key) {
        refuseIfClosed();
        script.reach(call, key);
        if (!isKnown) {
            throw new SourceException(Diagnosis.INVALID_CREDENTIALS, "The secret is wrong; correct secret_access_key");
        }
    }

    private synchronized void refuseIfClosed() {
        if (closed) {
            throw new IllegalStateException("the source is closed");
        }
    }
}
