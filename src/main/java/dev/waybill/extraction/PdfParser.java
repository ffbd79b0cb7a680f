package dev.waybill.extraction;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Calendar;
import java.util.Objects;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.PagedText;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.sax.XHTMLContentHandler;
import org.jspecify.annotations.Nullable;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/**
 * Reads PDF: the text page by page, and the metadata of the document. Tika's own parser comes with parsers of all that
 * may lie within a PDF, which stays closed here.
 */
final class PdfParser implements Parser {

    private static final long MAIN_MEMORY = 64L * 1024 * 1024;
    private static final long ALL_MEMORY = 1024L * 1024 * 1024;

    @Override
    public Set<MediaType> getSupportedTypes(ParseContext context) {
        return Set.of(MediaType.application("pdf"));
    }

    @Override
    public void parse(InputStream in, ContentHandler handler, Metadata metadata, ParseContext context)
            throws IOException, SAXException {
        Path file = TikaInputStream.cast(in).getPath();
        MemoryUsageSetting memory = MemoryUsageSetting.setupMixed(MAIN_MEMORY, ALL_MEMORY);
        memory.setTempDir(Objects.requireNonNull(file.getParent(), "a spooled file lies in a directory")
                .toFile());
        try (PDDocument document = Loader.loadPDF(file.toFile(), "", null, null, memory.streamCache)) {
            describe(document, metadata);
            XHTMLContentHandler xhtml = new XHTMLContentHandler(handler, metadata);
            xhtml.startDocument();
            xhtml.startElement("div");
            new PDFTextStripper().writeText(document, new ToHandler(xhtml));
            xhtml.endElement("div");
            xhtml.endDocument();
        }
    }

    private static void describe(PDDocument document, Metadata metadata) {
        metadata.set(PagedText.N_PAGES, document.getNumberOfPages());
        PDDocumentInformation information = document.getDocumentInformation();
        set(metadata, TikaCoreProperties.TITLE.getName(), information.getTitle());
        set(metadata, TikaCoreProperties.CREATOR.getName(), information.getAuthor());
        set(
                metadata,
                TikaCoreProperties.LANGUAGE.getName(),
                document.getDocumentCatalog().getLanguage());
        @Nullable Calendar created = information.getCreationDate();
        if (created != null) {
            metadata.set(TikaCoreProperties.CREATED, created);
        }
        @Nullable Calendar modified = information.getModificationDate();
        if (modified != null) {
            metadata.set(TikaCoreProperties.MODIFIED, modified);
        }
    }

    private static void set(Metadata metadata, String name, @Nullable String value) {
        if (value != null) {
            metadata.set(name, value);
        }
    }

    /** Text goes on page by page, so that a handler that has enough can end it. */
    private static final class ToHandler extends Writer {

        private final XHTMLContentHandler handler;

        ToHandler(XHTMLContentHandler handler) {
            this.handler = handler;
        }

        @Override
        public void write(char[] characters, int offset, int length) throws IOException {
            try {
                handler.characters(characters, offset, length);
            } catch (SAXException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void flush() {
            // There is no buffer.
        }

        @Override
        public void close() {
            // The handler is closed by its opener.
        }
    }
}
