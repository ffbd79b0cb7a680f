package dev.waybill.connectors.mux;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.PageToken;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContent;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePage;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.SourceProfile;
import dev.waybill.connectors.rest.AccountCheck;
import dev.waybill.connectors.rest.PinnedRead;
import dev.waybill.connectors.rest.RestAnswer;
import dev.waybill.connectors.rest.RestCall;
import dev.waybill.connectors.rest.RestStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A source at Mux: the assets of an environment. They are listed newest first, by cursors: those that arrive meanwhile
 * come before the first page, and are found by the next listing.
 *
 * @see <a href="https://www.mux.com/docs/changelog/cursor-pagination-added-to-list-assets">Cursors instead of pages</a>
 */
final class MuxSource implements Source {

    private static final int MAX_PAGE = 1_000;

    /** Mux's maximum page size. */
    private static final int MAX_ASSETS = 100;

    private final MuxAccess access;
    private final MuxAssets assets;

    MuxSource(MuxAccess access, MuxAssets assets) {
        this.access = access;
        this.assets = assets;
    }

    @Override
    public SourceProfile check(@Nullable SourcePath path) {
        AccountCheck.Traits traits = new AccountCheck.Traits(
                MuxAccess.NAME,
                String.valueOf(access.endpoint()),
                false,
                List.of(),
                MAX_ASSETS,
                "A token sees the assets of its own environment only");
        return new AccountCheck(this, access.client(), this::account, traits).check(path);
    }

    private String account() {
        access.assets(Map.of("limit", "1"));
        return "the access token " + access.tokenId();
    }

    @Override
    public SourcePage list(SourcePath path, @Nullable String cursor, int max) {
        if (max < 1 || max > MAX_PAGE) {
            throw new IllegalArgumentException("a page has 1 to %d files".formatted(MAX_PAGE));
        }
        requireAssets(path);
        if (path.isFolder() && !path.prefix().isEmpty()) {
            return one(path);
        }
        MuxCursor position = MuxCursor.read(cursor);
        JsonNode page;
        try {
            page = fetchPage(position, max);
        } catch (SourceException refused) {
            if (refused.diagnosis() != Diagnosis.BROKEN_LISTING || position.page() == null || position.isAfresh()) {
                throw refused;
            }
            // The cursor may have expired.
            position = new MuxCursor(null, true);
            page = fetchPage(position, max);
        }
        List<SourceFile> files = new ArrayList<>();
        for (JsonNode asset : page.path("data")) {
            SourceFile file = assets.file(asset);
            if (path.contains(file.key())) {
                files.add(file);
            }
        }
        String next = page.path("next_cursor").asString("");
        return new SourcePage(files, next.isEmpty() ? null : position.then(next).text());
    }

    private JsonNode fetchPage(MuxCursor position, int max) {
        Map<String, String> query = new LinkedHashMap<>();
        int limit = Math.min(max, MAX_ASSETS);
        query.put("limit", String.valueOf(limit));
        PageToken page = position.page();
        query.put("cursor", page == null ? "" : page.value());
        JsonNode answer = access.assets(query);
        JsonNode data = answer.path("data");
        if (!data.isArray() || data.size() > limit) {
            throw new SourceException(Diagnosis.BROKEN_LISTING, "Mux answers with something that is no page of assets");
        }
        return answer;
    }

    private SourcePage one(SourcePath path) {
        String id = path.prefix().replaceAll("/.*$", "");
        SourceFile file = access.asset(id)
                .map(assets::file)
                .orElseThrow(() -> new SourceException(
                        Diagnosis.PATH_NOT_FOUND,
                        "There is no asset '%s' in the token's environment; correct source_path".formatted(id)));
        return new SourcePage(path.contains(file.key()) ? List.of(file) : List.of(), null);
    }

    private static void requireAssets(SourcePath path) {
        if (!path.container().equals(MuxConnector.ASSETS)) {
            throw new SourceException(
                    Diagnosis.BUCKET_NOT_FOUND,
                    "Mux has assets and no '%s'; write mux:// for all of them".formatted(path.container()));
        }
    }

    @Override
    public Optional<SourceFile> find(SourcePath path, String key) {
        int slash = key.indexOf('/');
        if (slash < 1 || !path.contains(key)) {
            return Optional.empty();
        }
        return access.asset(key.substring(0, slash))
                .map(assets::file)
                .filter(file -> file.key().equals(key));
    }

    @Override
    public SourceContent open(SourcePath path, SourceFile file, long from) {
        JsonNode asset = access.asset(file.id().replaceAll("/.*$", ""))
                .orElseThrow(() -> new SourceException(Diagnosis.VANISHED, "The asset is gone"));
        SourceFile now = assets.file(asset);
        if (now.kind() != SourceFile.Kind.FILE) {
            boolean isPending = now.kind() == SourceFile.Kind.PENDING;
            throw new SourceException(
                    isPending ? Diagnosis.NOT_READY : Diagnosis.NOT_DOWNLOADABLE, String.valueOf(now.note()));
        }
        if (!MuxAssets.isSame(file, now)) {
            throw PinnedRead.changed(null);
        }
        PinnedRead read = PinnedRead.of(file, from);
        RestStream stream = access.open(new RestCall(assets.url(asset), read.headers(), null));
        RestAnswer answer = stream.answer();
        if (answer.status() != 200 && answer.status() != 206) {
            throw undelivered(answer);
        }
        return new SourceContent(
                read.bytes(stream, MuxAccess.NAME, false),
                read.length(),
                answer.header("content-type"),
                answer.header("content-encoding"),
                now.metadata(),
                List.of());
    }

    private SourceException undelivered(RestAnswer answer) {
        return switch (answer.status()) {
            case 404, 412 ->
                new SourceException(Diagnosis.NOT_READY, "Mux says that it is ready, and does not deliver it yet");
            case 416 -> PinnedRead.changed(null);
            case 401, 403 ->
                new SourceException(
                        Diagnosis.NOT_DOWNLOADABLE,
                        "Mux does not deliver it to us; correct playback_signing_key_id and playback_signing_private_key, and"
                                + " see the playback restrictions at Mux");
            default ->
                access.transientError(answer)
                        .orElseGet(() -> new SourceException(
                                Diagnosis.NOT_DOWNLOADABLE,
                                "Mux refuses to deliver it with status %d".formatted(answer.status())));
        };
    }

    @Override
    public Map<String, String> tags(SourcePath path, SourceFile file) {
        return Map.of();
    }

    @Override
    public void close() {
        access.close();
    }
}
