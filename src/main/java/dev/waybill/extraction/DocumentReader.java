package dev.waybill.extraction;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.tika.detect.EncodingDetector;
import org.apache.tika.exception.TikaException;
import org.apache.tika.exception.UnsupportedFormatException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TemporaryResources;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.HttpHeaders;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.writefilter.StandardWriteFilterFactory;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.epub.EpubParser;
import org.apache.tika.parser.html.JSoupParser;
import org.apache.tika.parser.microsoft.OfficeParser;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.apache.tika.parser.microsoft.rtf.RTFParser;
import org.apache.tika.parser.mp3.Mp3Parser;
import org.apache.tika.parser.odf.OpenDocumentParser;
import org.apache.tika.sax.BodyContentHandler;
import org.apache.tika.sax.SecureContentHandler;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/**
 * Reads text and metadata of documents with the parsers named here and no others: what is not on the list is not
 * opened. Files inside files are left closed, which ends nested archives before they begin.
 */
final class DocumentReader {

    private static final String PDF = "application/pdf";
    private static final int MAX_FIELD_BYTES = 8_000;
    private static final int MAX_FIELDS_BYTES = 200_000;

    /** What no store takes: NUL, and halves of characters. */
    private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

    private final Map<String, Parser> documents = byType(List.of(
            new PdfParser(),
            new OOXMLParser(),
            new OfficeParser(),
            new OpenDocumentParser(),
            new EpubParser(),
            new JSoupParser(),
            new RTFParser()));
    private final Map<String, Parser> sounds = byType(List.of(new Mp3Parser()));

    /** Whether text can be read from files of that type. */
    boolean reads(String mediaType) {
        return PlainText.reads(mediaType) || documents.containsKey(mediaType);
    }

    /** The text, up to a number of characters, and the metadata of the document. */
    ReadDocument read(SpooledFile file, int maxCharacters) throws IOException, TikaException, SAXException {
        BoundedText text = new BoundedText(maxCharacters);
        Metadata metadata = new Metadata();
        if (file.isText()) {
            try {
                PlainText.read(file, text);
            } catch (BoundedText.Full e) {
                return new ReadDocument(metadata, clean(text.text()), true);
            }
            return new ReadDocument(metadata, clean(text.text()), false);
        }
        Parser parser = documents.get(file.mediaType());
        if (parser == null) {
            throw new UnsupportedFormatException(file.mediaType());
        }
        parse(parser, file, text, metadata);
        return new ReadDocument(metadata, LayoutCleanup.tidy(clean(text.text())), text.isFull());
    }

    /** Metadata of the document or sound; nothing for types that no parser knows. */
    Metadata describe(SpooledFile file) throws IOException, TikaException, SAXException {
        Metadata metadata = new Metadata();
        Parser parser = documents.getOrDefault(file.mediaType(), sounds.get(file.mediaType()));
        if (parser != null) {
            BoundedText text = new BoundedText(0).discarding();
            parse(parser, file, file.mediaType().equals(PDF) ? text.stoppingAtFirstPage() : text, metadata);
        }
        return metadata;
    }

    private static void parse(Parser parser, SpooledFile file, BoundedText text, Metadata metadata)
            throws IOException, TikaException, SAXException {
        metadata.setMetadataWriteFilter(boundedFields().newInstance());
        metadata.set(HttpHeaders.CONTENT_TYPE, file.mediaType());
        try (TemporaryResources temporary = new TemporaryResources()) {
            temporary.setTemporaryFileDirectory(file.path().getParent());
            // Closed with the resources, and not twice.
            TikaInputStream in = TikaInputStream.get(file.path(), new Metadata(), temporary);
            SecureContentHandler guarded = new SecureContentHandler(new BodyContentHandler(text), in);
            try {
                parser.parse(in, guarded, metadata, context(file));
            } catch (SAXException e) {
                if (!text.isFull()) {
                    guarded.throwIfCauseOf(e);
                    throw e;
                }
            } catch (IOException | TikaException | RuntimeException e) {
                if (!text.isFull()) {
                    throw e;
                }
            }
        }
    }

    private static StandardWriteFilterFactory boundedFields() {
        StandardWriteFilterFactory bounded = new StandardWriteFilterFactory();
        bounded.setMaxFieldSize(MAX_FIELD_BYTES);
        bounded.setMaxTotalEstimatedBytes(MAX_FIELDS_BYTES);
        return bounded;
    }

    private static ParseContext context(SpooledFile file) {
        ParseContext context = new ParseContext();
        OfficeParserConfig office = new OfficeParserConfig();
        // Reads part by part instead of building a tree of the whole document.
        office.setUseSAXDocxExtractor(true);
        office.setUseSAXPptxExtractor(true);
        office.setExtractMacros(false);
        context.set(OfficeParserConfig.class, office);
        context.set(EncodingDetector.class, TextEncoding.ofPage(file.encoding()));
        context.set(EmbeddedDocumentExtractor.class, new LeaveClosed());
        return context;
    }

    private static Map<String, Parser> byType(List<Parser> parsers) {
        Map<String, Parser> byType = new HashMap<>();
        for (Parser parser : parsers) {
            for (MediaType type : parser.getSupportedTypes(new ParseContext())) {
                byType.putIfAbsent(type.getBaseType().toString(), parser);
            }
        }
        return Map.copyOf(byType);
    }

    private static String clean(String text) {
        return UNSTORABLE.matcher(text).replaceAll("\uFFFD");
    }

    /** Opens nothing. */
    private static final class LeaveClosed implements EmbeddedDocumentExtractor {

        @Override
        public boolean shouldParseEmbedded(Metadata metadata) {
            return false;
        }

        @Override
        public void parseEmbedded(InputStream in, ContentHandler handler, Metadata metadata, boolean outputHtml) {
            // There is nothing to do with what stays closed.
        }
    }
}
