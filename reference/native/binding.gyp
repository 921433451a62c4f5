{
  "targets": [
    {
      "target_name": "interrupt",
      "sources": ["interrupt.cc"],
    }
  ]
}
