' Hand edits as a clerk makes them: reads a list of edits, makes each in a fresh copy of the document, saves it as DOCX.
' A line of the list: the file to save, then steps; a step is its name and what it needs. Fields are cut by tabs.
' What went wrong is written beside the list: nobody would answer a message box.

Dim doc As Object
Dim doing As String

Sub Main(source As String, list As String)
  On Error GoTo Failed
  Dim stream As Object, files As Object
  files = CreateUnoService("com.sun.star.ucb.SimpleFileAccess")
  stream = CreateUnoService("com.sun.star.io.TextInputStream")
  stream.setInputStream(files.openFileRead(ConvertToURL(list)))
  stream.setEncoding("UTF-8")
  Do While Not stream.isEOF()
    doing = stream.readLine()
    If Len(doing) > 0 Then EditOne(source, Split(doing, Chr(9)))
  Loop
  StarDesktop.terminate()
  Exit Sub
Failed:
  Open list & ".error" For Output As #1
  Print #1, "line " & Erl & ": " & Error$ & " in " & doing
  Close #1
  StarDesktop.terminate()
End Sub

Sub EditOne(source As String, fields)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  Dim n As Integer
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  kind(0).Name = "FilterName" : kind(0).Value = "MS Word 2007 XML"
  doc = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
  n = 1
  Do While n <= UBound(fields)
    MakeStep(fields(n), fields(n + 1), fields(n + 2))
    n = n + 3
  Loop
  doc.storeToURL(ConvertToURL(fields(0)), kind())
  doc.close(True)
End Sub

Function Found(words As String) As Object
  Dim search As Object, range As Object
  search = doc.createSearchDescriptor()
  search.SearchString = words
  search.SearchCaseSensitive = True
  range = doc.findFirst(search)
  ' the contents repeat the headings: what stands in the running text comes later
  Do While Left(range.ParaStyleName, 8) = "Contents"
    range = doc.findNext(range.End, search)
  Loop
  Found = range
End Function

Sub MakeStep(what As String, place As String, words As String)
  Dim range As Object, cursor As Object
  Select Case what
    Case "replace", "replace-tracked"
      doc.RecordChanges = (what = "replace-tracked")
      Found(place).String = words
      doc.RecordChanges = False
    Case "insert", "insert-tracked"
      doc.RecordChanges = (what = "insert-tracked")
      range = Found(place).End
      range.Text.insertString(range, words, False)
      doc.RecordChanges = False
    Case "split"
      range = Found(place).End
      range.Text.insertControlCharacter(range, 0, False)
    Case "soft-break"
      range = Found(place).End
      range.Text.insertControlCharacter(range, 1, False)
    Case "retype"
      cursor = Paragraph(place)
      cursor.String = words
    Case "new-paragraph"
      cursor = Paragraph(place)
      cursor.collapseToEnd()
      cursor.Text.insertControlCharacter(cursor, 0, False)
      cursor.Text.insertString(cursor, words, False)
    Case "merge"
      cursor = Paragraph(place)
      cursor.collapseToEnd()
      cursor.goRight(1, True)
      cursor.String = words
    Case "delete", "delete-tracked"
      doc.RecordChanges = (what = "delete-tracked")
      cursor = Paragraph(place)
      cursor.goRight(1, True)
      cursor.String = ""
      doc.RecordChanges = False
    Case "move-after"
      cursor = Paragraph(place)
      Dim moved As String
      moved = cursor.String
      cursor.goRight(1, True)
      cursor.String = ""
      MakeStep("new-paragraph", words, moved)
    Case "bold"
      Found(place).CharWeight = 150
    Case "cell"
      Found(place).Cell.String = words
    Case "strip"
      Dim names, one
      names = doc.Bookmarks.ElementNames
      For Each one In names
        range = doc.Bookmarks.getByName(one)
        range.Anchor.Text.removeTextContent(range)
      Next
  End Select
End Sub

Function Paragraph(place As String) As Object
  Dim range As Object, cursor As Object
  range = Found(place)
  cursor = range.Text.createTextCursorByRange(range.Start)
  cursor.gotoStartOfParagraph(False)
  cursor.gotoEndOfParagraph(True)
  Paragraph = cursor
End Function
