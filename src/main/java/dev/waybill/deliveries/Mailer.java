package dev.waybill.deliveries;

import dev.waybill.webhooks.ChannelSettings;
import dev.waybill.webhooks.EmailDelivery;
import dev.waybill.webhooks.EventJson;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/** Sends events by email, where a mail server is configured. */
@Component
class Mailer implements EmailDelivery {

    private static final String SUBJECT = "Waybill: {{event_type}}";
    private static final String HTML = "<p><b>{{event_type}}</b>: {{subject.type}} <code>{{subject.id}}</code></p>"
            + "<p>{{occurred_at}}, event {{event_id}}</p>";
    private static final String PLAIN =
            "{{event_type}}: {{subject.type}} {{subject.id}}\n{{occurred_at}}, event {{event_id}}\n";

    private static final String NO_SERVER =
            "Email cannot be delivered: no mail server is configured. The operator must set SPRING_MAIL_HOST.";

    private final ObjectProvider<JavaMailSender> mail;
    private final DeliveryProperties properties;

    Mailer(ObjectProvider<JavaMailSender> mail, DeliveryProperties properties) {
        this.mail = mail;
        this.properties = properties;
    }

    @Override
    public Optional<String> problem() {
        return mail.getIfAvailable() == null ? Optional.of(NO_SERVER) : Optional.empty();
    }

    SendResult send(ChannelSettings settings, Map<String, Object> event) {
        JavaMailSender sender = mail.getIfAvailable();
        if (sender == null) {
            return SendResult.failed(NO_SERVER, true);
        }
        try {
            MimeMessage message = sender.createMimeMessage();
            fill(message, settings, event);
            sender.send(message);
            return SendResult.accepted(null, null);
        } catch (MailException failed) {
            // The exception does not distinguish a refusal from a server that hung until the time-out; so the worse is
            // assumed.
            return failed(failed, false);
        } catch (MessagingException failed) {
            return failed(failed, true);
        }
    }

    private static SendResult failed(Exception why, boolean answered) {
        return SendResult.failed(
                "The mail server did not take it (%s)".formatted(why.getClass().getSimpleName()), answered);
    }

    private void fill(MimeMessage message, ChannelSettings settings, Map<String, Object> event)
            throws MessagingException {
        MimeMessageHelper helper = new MimeMessageHelper(message, StandardCharsets.UTF_8.name());
        if (!properties.mailFrom().isBlank()) {
            helper.setFrom(properties.mailFrom());
        }
        helper.setTo(addresses(settings.toAddresses()));
        helper.setCc(addresses(settings.ccAddresses()));
        helper.setBcc(addresses(settings.bccAddresses()));
        String subject = settings.subjectTemplate() == null ? SUBJECT : settings.subjectTemplate();
        helper.setSubject(Template.text(subject, event, UnaryOperator.identity())
                .replaceAll("\\s+", " ")
                .strip());
        // Receivers deduplicate by it, as by webhook-id.
        message.setHeader("X-Waybill-Event-Id", String.valueOf(event.get("event_id")));
        body(helper, settings, event);
    }

    private static void body(MimeMessageHelper helper, ChannelSettings settings, Map<String, Object> event)
            throws MessagingException {
        String type = settings.contentType() == null ? "html" : settings.contentType();
        String template = settings.bodyTemplate();
        boolean html = type.equals("html");
        if (template == null && type.equals("json")) {
            helper.setText(EventJson.write(event));
        } else {
            String text = template != null ? template : html ? HTML : PLAIN;
            helper.setText(Template.text(text, event, html ? Mailer::escaped : UnaryOperator.identity()), html);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String[] addresses(@Nullable List<@Nullable String> addresses) {
        return addresses == null
                ? new String[0]
                : addresses.stream().filter(Objects::nonNull).toArray(String[]::new);
    }
}
