package dev.smsrunner.report;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Report page parsed as XML, which must be well-formed. The product's script and style are removed. */
record HtmlPage(Element root) {

    static HtmlPage read(Path file) throws IOException {
        var source = Files.readString(file);
        var script = source.substring(source.lastIndexOf("<script>") + 8, source.lastIndexOf("</script>"));
        var style = source.substring(source.indexOf("<style>") + 7, source.indexOf("</style>"));
        var xml = source.replace(script, "").replace(style, "").replace("<!DOCTYPE html>", "");
        try {
            var parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            return new HtmlPage(parser.parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                    .getDocumentElement());
        } catch (SAXException | ParserConfigurationException ex) {
            throw new IOException(ex);
        }
    }

    /** The element with this id. */
    HtmlPage in(String id) {
        return new HtmlPage(elements("*").stream()
                .filter(element -> element.getAttribute("id").equals(id))
                .findFirst()
                .orElseThrow());
    }

    List<Element> elements(String tag) {
        var found = root.getElementsByTagName(tag);
        var elements = new ArrayList<Element>(found.getLength());
        for (int at = 0; at < found.getLength(); at++) {
            elements.add((Element) found.item(at));
        }
        return elements;
    }

    List<String> texts(String tag) {
        return elements(tag).stream().map(Node::getTextContent).toList();
    }

    /** The cell texts of each table row. */
    List<List<String>> rows() {
        return elements("tr").stream().map(HtmlPage::cells).toList();
    }

    private static List<String> cells(Element row) {
        var cells = new ArrayList<String>();
        for (var child = row.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element cell) {
                cells.add(cell.getTextContent());
            }
        }
        return cells;
    }

    /** The names of all elements. */
    Set<String> names() {
        return elements("*").stream().map(Element::getTagName).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names of all attributes. */
    Set<String> attributes() {
        var names = new TreeSet<String>();
        for (var element : elements("*")) {
            for (int at = 0; at < element.getAttributes().getLength(); at++) {
                names.add(element.getAttributes().item(at).getNodeName());
            }
        }
        return names;
    }
}
