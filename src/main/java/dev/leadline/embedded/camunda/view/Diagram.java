package dev.leadline.embedded.camunda.view;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What the view wants to know from one process of a BPMN file: the names of its elements and its start form. */
record Diagram(String processName, String startFormId, Map<String, String> elementNames) {

  static Diagram read(String xml, String processId) {
    Map<String, String> names = new HashMap<>();
    String startForm = null;
    boolean inProcess = false;
    boolean inStart = false;
    int depth = 0;
    int processDepth = 0;
    try {
      XMLInputFactory factory = XMLInputFactory.newInstance();
      factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
      XMLStreamReader reader =
          factory.createXMLStreamReader(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
      while (reader.hasNext()) {
        int event = reader.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          depth++;
          String id = reader.getAttributeValue(null, "id");
          String name = reader.getAttributeValue(null, "name");
          if (reader.getLocalName().equals("process") && processId.equals(id)) {
            inProcess = true;
            processDepth = depth;
          }
          if (inProcess && id != null && name != null) {
            names.put(id, name);
          }
          inStart |= inProcess && depth == processDepth + 1 && reader.getLocalName().equals("startEvent");
          if (inStart && reader.getLocalName().equals("formDefinition")) {
            startForm = reader.getAttributeValue(null, "formId");
          }
        } else if (event == XMLStreamConstants.END_ELEMENT) {
          inProcess &= depth != processDepth;
          inStart &= !reader.getLocalName().equals("startEvent");
          depth--;
        }
      }
    } catch (XMLStreamException e) {
      return new Diagram(null, null, Map.of());
    }
    return new Diagram(names.get(processId), startForm, names);
  }
}
