from bs4 import BeautifulSoup
from tests.test_languages import Walk as W
from tests.rendered_words import words
class Ctx(W):
    test_public_and_work_pages_are_vietnamese = test_our_back_office_is_vietnamese = test_english_pages_are_english = None
    def test_ctx(self):
        for who,path,word in [("administrator","/admin/snippets/news/topic/","Actions"),("administrator",self.places.path("administrative_units:edit"),"None"),("officer","/admin/organisation/","False"),("officer",self.places.path("calls_competition:inspect"),"True"),("officer","/admin/","Search"),("administrator","/admin/groups/new/","Website"),("administrator","/admin/groups/edit/2/","Page"),("officer",self.places.path("organisation:usage"),"Organisation"),("officer",self.places.path("consent_texts:inspect"),"ID")]:
            r=self.visitors.ask(who,path); p=BeautifulSoup(r.content,"html.parser")
            for n in p.find_all(string=True):
                if n.strip()==word and n.parent.name not in("script","style"): print("CTX",word,path, str(n.parent.parent)[:300].replace("\n"," "))
            for t in p.find_all(True):
                for a in("placeholder","aria-label","title","alt"):
                    if t.get(a)==word: print("ATTR",word,path,str(t)[:300].replace("\n"," "))
