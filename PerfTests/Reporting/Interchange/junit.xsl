<?xml version="1.0" encoding="utf-8"?>
<!-- Shapes the JUnit XML of the test platform by the schema of Jenkins' xunit plugin (junit-10.xsd). That schema has no place for
     the source file, the line and the traits of a test. GitLab shows names, durations and messages, which stay. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <!-- In ASCII the file needs no byte-order mark. -->
  <xsl:output method="xml" encoding="us-ascii" indent="yes" omit-xml-declaration="yes" />
  <xsl:strip-space elements="testsuites testsuite testcase" />

  <xsl:template match="@* | node()">
    <xsl:copy>
      <xsl:apply-templates select="@* | node()" />
    </xsl:copy>
  </xsl:template>

  <xsl:template match="testcase/@file | testcase/@line | testcase/properties" />

  <!-- The schema allows no exponent in a duration. -->
  <xsl:template match="testsuite/@time">
    <xsl:attribute name="time">
      <xsl:value-of select="format-number(number(.), '0.000')" />
    </xsl:attribute>
  </xsl:template>

  <!-- The platform names the files that a test attached by their path on the machine of the run. No server has them. -->
  <xsl:template match="testcase/system-out/text()">
    <xsl:call-template name="without-attachments">
      <xsl:with-param name="text" select="." />
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="without-attachments">
    <xsl:param name="text" />
    <xsl:variable name="mark" select="'[[ATTACHMENT|'" />
    <xsl:choose>
      <xsl:when test="contains($text, $mark)">
        <xsl:value-of select="substring-before($text, $mark)" />
        <xsl:call-template name="without-attachments">
          <xsl:with-param name="text" select="substring-after(substring-after($text, $mark), ']]')" />
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="$text" />
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
