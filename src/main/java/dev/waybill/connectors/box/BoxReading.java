package dev.waybill.connectors.box;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceContent;
import dev.waybill.connectors.SourceContent.Algorithm;
import dev.waybill.connectors.SourceContent.Checksum;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.rest.PinnedRead;
import dev.waybill.connectors.rest.RestAnswer;
import dev.waybill.connectors.rest.RestCall;
import dev.waybill.connectors.rest.RestStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Opens files pinned to the listed version, which Box stores when there is a later one. */
final class BoxReading {

    private final BoxAccess access;

    BoxReading(BoxAccess access) {
        this.access = access;
    }

    SourceContent open(SourceFile file, long from) {
        if (file.kind() != SourceFile.Kind.FILE) {
            throw new SourceException(Diagnosis.NOT_DOWNLOADABLE, String.valueOf(file.note()));
        }
        PinnedRead read = PinnedRead.of(file, from);
        String version = file.facts().getOrDefault(BoxItems.VERSION_ID, "");
        URI content = access.uri("files/%s/content".formatted(file.id()), Map.of("version", version));
        RestStream stream = access.open(new RestCall(content, read.headers(), null));
        RestAnswer answer = stream.answer();
        if (answer.status() != 200 && answer.status() != 206) {
            throw refused(file, answer);
        }
        return new SourceContent(
                read.bytes(stream, BoxAccess.NAME, false),
                read.length(),
                answer.header("content-type"),
                answer.header("content-encoding"),
                file.metadata(),
                from == 0 ? checksums(file) : List.of());
    }

    private static List<Checksum> checksums(SourceFile file) {
        String sha1 = file.facts().getOrDefault(BoxItems.SHA1, "").toLowerCase(Locale.ROOT);
        return sha1.matches("[0-9a-f]{40}") ? List.of(new Checksum(Algorithm.SHA1, sha1)) : List.of();
    }

    private SourceException refused(SourceFile file, RestAnswer answer) {
        return switch (answer.status()) {
            case 202 ->
                new SourceException(
                        Diagnosis.NOT_READY,
                        "Box is still preparing the file for being read",
                        false,
                        access.client().retryAfter(answer),
                        null);
            case 404, 410 -> missing(file);
            default -> BoxErrors.of(answer, access.client(), BoxOperation.FILE);
        };
    }

    /** Whether the file is missing, or only the listed version. */
    private SourceException missing(SourceFile file) {
        JsonNode now;
        try {
            now = access.get(access.uri("files/" + file.id(), Map.of("fields", BoxItems.FIELDS)), BoxOperation.FILE);
        } catch (SourceException refused) {
            return refused;
        }
        if (!BoxItems.isActive(now)) {
            return new SourceException(Diagnosis.VANISHED, "The file was put into the trash");
        }
        return BoxItems.version(now).equals(file.version())
                ? new SourceException(
                        Diagnosis.NOT_DOWNLOADABLE, "Box tells of the file and does not give its bytes; see it at Box")
                : PinnedRead.changed(null);
    }
}
