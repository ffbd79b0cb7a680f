package dev.waybill.extraction;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.tika.detect.CompositeDetector;
import org.apache.tika.detect.Detector;
import org.apache.tika.detect.microsoft.POIFSContainerDetector;
import org.apache.tika.detect.zip.DefaultZipContainerDetector;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.HttpHeaders;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypes;

/** What a file is, by its bytes; its name and the type it came with only decide between kin, such as plain text and CSV. */
final class TypeDetection {

    private static final String TEXT = "text/plain";

    private final Detector detector = new CompositeDetector(
            MimeTypes.getDefaultMimeTypes().getMediaTypeRegistry(),
            List.of(MimeTypes.getDefaultMimeTypes(), new DefaultZipContainerDetector(), new POIFSContainerDetector()));

    String detect(Path path, String filename, String mediaType) throws IOException {
        String claimed = bare(mediaType);
        if (claimed.equals(TEXT)) {
            // Text may be about anything, and a chunk of it may well begin like a web page.
            return TEXT;
        }
        Metadata hints = new Metadata();
        hints.set(TikaCoreProperties.RESOURCE_NAME_KEY, filename);
        hints.set(HttpHeaders.CONTENT_TYPE, claimed);
        try (TikaInputStream in = TikaInputStream.get(path)) {
            MediaType found = detector.detect(in, hints);
            return found.equals(MediaType.OCTET_STREAM) ? claimed : bare(found.toString());
        }
    }

    /** Without parameters, in lower case. */
    static String bare(String mediaType) {
        int semicolon = mediaType.indexOf(';');
        return (semicolon < 0 ? mediaType : mediaType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
